import type { Reference, Site } from '$lib/content';
import { servicesOf } from '$lib/topology';

/** What each service has to do with: the modules whose requests pass it, the records and reports that name it. */
export function relatedTo({
	topology,
	modules,
	decisions,
	incidents
}: Pick<Site, 'topology' | 'modules' | 'decisions' | 'incidents'>): Record<string, Reference[]> {
	const modulesOf = modules.map(({ slug, title, flow }) => ({
		services: flow ? servicesOf(topology, flow) : new Set<string>(),
		reference: { kind: 'module' as const, slug, title }
	}));
	return Object.fromEntries(
		topology.services.map(({ id }): [string, Reference[]] => [
			id,
			[
				...modulesOf.filter(({ services }) => services.has(id)).map(({ reference }) => reference),
				...decisions
					.filter(({ affects }) => affects.includes(id))
					.map(({ slug, title }) => ({ kind: 'decision' as const, slug, title })),
				...incidents
					.filter(({ affects }) => affects.includes(id))
					.map(({ slug, title }) => ({ kind: 'incident' as const, slug, title }))
			]
		])
	);
}
