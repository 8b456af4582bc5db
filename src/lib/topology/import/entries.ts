import type { Flow } from '$lib/simulation';
import type { Edge, Known } from './edges';

/** Where traffic comes in, and why there. */
export interface Entrance {
	entries: { known: Known; because: string }[];
}

type EntryFlow = Flow & { title: string; summary: string };

/** Each flow is simulated and drawn by itself: more would only be clutter. */
const maximumFlows = 8;

/** Services that the text opens to the outside; where it opens none, those that nobody calls. */
export function entriesOf(all: Known[], edges: Edge[]): Entrance {
	const opened = all
		.filter(({ draft, identity }) => draft.entry !== undefined && !isInfrastructure(identity))
		.map((known) => ({ known, because: known.draft.entry ?? '' }));
	if (opened.length > 0) return { entries: opened };
	const called = new Set(edges.map(({ to }) => to));
	const uncalled = all.filter(({ id }) => !called.has(id));
	const because = 'nobody calls it';
	for (const fits of [
		({ identity }: Known) => ['gateway', 'service'].includes(identity.kind) && !identity.tool,
		({ identity }: Known) => !identity.tool && identity.kind !== 'worker',
		() => true
	]) {
		const found = uncalled.filter(fits);
		if (found.length > 0) return { entries: found.map((known) => ({ known, because })) };
	}
	return { entries: all.slice(0, 1).map((known) => ({ known, because: 'it is the first' })) };
}

function isInfrastructure({ kind, tool }: Known['identity']): boolean {
	return tool || ['store', 'cache', 'broker'].includes(kind);
}

/** A flow for each entry, and the client's calls that begin it; what is beyond the most shares the last flow. */
export function flowsOf(
	{ entries }: Entrance,
	known: Map<string, Known>,
	topicOf: (key: string) => string
): { flows: EntryFlow[]; edges: Edge[] } {
	const alone = entries.length > maximumFlows ? maximumFlows - 1 : entries.length;
	const rest = entries.length - alone;
	const ids = new Set([...known.values()].map(({ id }) => id));
	const restId = ids.has('others') ? 'all-others' : 'others';
	const flows: EntryFlow[] = entries.slice(0, alone).map(({ known: { id, draft } }) => ({
		id,
		title: draft.clues.name.trim().slice(0, 80) || id,
		summary: `Requests that come in at ${id}.`,
		entry: 'client',
		rate: 50
	}));
	if (rest > 0)
		flows.push({
			id: restId,
			title: 'Others',
			summary: `Requests that come in at ${rest} other services.`,
			entry: 'client',
			rate: 50
		});
	const edges = entries.map(({ known: { id, draft, identity }, because }, index): Edge => {
		const share = index < alone ? {} : { share: Math.max(0.001, Number((1 / rest).toFixed(3))) };
		const edge = { from: 'client', to: id, place: draft.place, because, ...share };
		const flow = index < alone ? id : restId;
		return identity.kind === 'broker'
			? { ...edge, flow, mode: 'async', topic: topicOf(draft.key) }
			: { ...edge, flow, mode: 'sync' };
	});
	return { flows, edges };
}
