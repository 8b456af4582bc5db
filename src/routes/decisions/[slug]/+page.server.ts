import { error } from '@sveltejs/kit';
import { recordDiff, relationsOf } from '$lib/decisions';
import { runFigure } from '$lib/figures';
import site from '$lib/content/site.server';
import { layoutTopology } from '$lib/topology';

export function entries() {
	return site.decisions.map(({ slug }) => ({ slug }));
}

/** The record in full; of the others what its relations and the way back and forth need. */
export function load({ params }) {
	const position = site.decisions.findIndex(({ slug }) => slug === params.slug);
	const decision = site.decisions[position];
	if (!decision) error(404, `There is no decision record "${params.slug}".`);
	const replaced = relationsOf(decision, site.decisions)
		.filter(({ kind }) => kind === 'supersedes')
		.map(({ decision: before }) => ({
			number: before.number,
			sections: recordDiff(before, decision)
		}));
	const figure = site.figures.find(({ slug }) => slug === decision.figure);
	return {
		decision,
		replaced,
		figure: figure && { figure, table: runFigure(figure) },
		decisions: site.decisions.map((other) =>
			other === decision ? other : { ...other, sections: [], related: [] }
		),
		topology: site.topology,
		layout: decision.affects.length ? layoutTopology(site.topology) : undefined,
		previous: site.decisions[position - 1]?.slug,
		next: site.decisions[position + 1]?.slug
	};
}
