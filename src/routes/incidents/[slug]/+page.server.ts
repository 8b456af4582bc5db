import { error } from '@sveltejs/kit';
import site from '$lib/content/site.server';
import { openScenario } from '$lib/incident';
import { layoutTopology } from '$lib/topology';

export function entries() {
	return [...site.incidents, ...site.scenarios].map(({ slug }) => ({ slug }));
}

/** A report to read, or a scenario to play: they share the address. */
export function load({ params: { slug } }) {
	const { topology } = site;
	const report = site.incidents.find((each) => each.slug === slug);
	if (report) {
		const services = topology.services.map(({ id, name }) => ({ id, name }));
		return { kind: 'report' as const, report, services };
	}
	const scenario = site.scenarios.find((each) => each.slug === slug);
	if (!scenario) error(404, 'There is no such incident.');
	return {
		kind: 'scenario' as const,
		scenario,
		topology,
		layout: layoutTopology(topology),
		opening: openScenario(topology, scenario).opening,
		total: site.scenarios.length
	};
}
