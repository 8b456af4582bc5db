import type { SiteTopology } from '$lib/content';
import type { Layer } from '$lib/simulation';

/** What a visitor wants to see of a topology; all of it where nothing is set. */
export interface MapFilter {
	/** Part of a name, an id, a technology or a role. */
	text?: string;
	layer?: Layer | undefined;
	flow?: string | undefined;
}

/** Ids of the services that a filter leaves, in the order of the topology; undefined where nothing is filtered. */
export function matching(
	topology: SiteTopology,
	{ text = '', layer, flow }: MapFilter
): string[] | undefined {
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0 && !layer && !flow) return undefined;
	const ofFlow = flow ? servicesOf(topology, flow) : undefined;
	return topology.services
		.filter((service) => {
			if (layer && service.layer !== layer) return false;
			if (ofFlow && !ofFlow.has(service.id)) return false;
			const about = `${service.id} ${service.name} ${service.technology ?? ''} ${service.kind} ${service.role}`;
			return words.every((word) => about.toLowerCase().includes(word));
		})
		.map(({ id }) => id);
}

/** Services that requests of a flow come to, their entry included, in the order in which they come to them. */
export function servicesOf({ flows, calls }: SiteTopology, flow: string): Set<string> {
	const entry = flows.find(({ id }) => id === flow)?.entry;
	const reached = new Set(entry === undefined ? [] : [entry]);
	for (const here of reached)
		for (const call of calls)
			if (call.from === here && (!call.flows || call.flows.includes(flow))) reached.add(call.to);
	return reached;
}

/** A service with all that it calls and that call it. */
export function neighboursOf({ calls }: SiteTopology, service: string): string[] {
	const near = calls.flatMap(({ from, to }) =>
		from === service ? [to] : to === service ? [from] : []
	);
	return [...new Set([service, ...near])];
}
