import { error } from '@sveltejs/kit';
import site from '$lib/content/site.server';

export function entries() {
	return site.decisions.map(({ slug }) => ({ slug }));
}

/** The record in full; of the others what its relations and the way back and forth need. */
export function load({ params }) {
	const position = site.decisions.findIndex(({ slug }) => slug === params.slug);
	const decision = site.decisions[position];
	if (!decision) error(404, `There is no decision record "${params.slug}".`);
	return {
		decision,
		decisions: site.decisions.map((other) =>
			other === decision ? other : { ...other, sections: [], related: [] }
		),
		services: site.topology.services.map(({ id, name }) => ({ id, name })),
		previous: site.decisions[position - 1]?.slug,
		next: site.decisions[position + 1]?.slug
	};
}
