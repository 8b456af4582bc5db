import type { SiteTopology } from '$lib/content';
import type { Call } from '$lib/simulation';

/** A service and the call that leads to it, with what it calls in turn. */
export interface CallTree {
	service: string;
	/** Absent at the root. */
	call?: Call;
	/** Its calls are told elsewhere in the tree already, or it calls itself by way of others. */
	again?: true;
	calls: CallTree[];
}

/** Deeper than any system that a person reads as a tree. */
const deepest = 30;

/** What a flow's requests call, from the entry on; each service's own calls are told once. */
export function callTreeOf(topology: SiteTopology, flow: string): CallTree | undefined {
	const entry = topology.flows.find(({ id }) => id === flow)?.entry;
	if (entry === undefined) return undefined;
	const told = new Set<string>();
	const branch = (service: string, depth: number, call?: Call): CallTree => {
		const out = topology.calls.filter(
			({ from, flows }) => from === service && (!flows || flows.includes(flow))
		);
		const tree: CallTree = { service, ...(call && { call }), calls: [] };
		if (out.length === 0) return tree;
		if (told.has(service) || depth >= deepest) return { ...tree, again: true };
		told.add(service);
		tree.calls = out.map((each) => branch(each.to, depth + 1, each));
		return tree;
	};
	return branch(entry, 0);
}
