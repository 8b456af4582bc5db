import { checkTopology, type Service } from '$lib/simulation';
import type { Edge } from './edges';
import type { ImportNote } from './imported';

/** A topology without a circle, but for the calls in `returning`. */
export interface Unwound {
	/** Calls that go only forwards, and those that return. */
	edges: Edge[];
	returning: Set<Edge>;
	/** Callers before those whom they call, by the calls that go forwards. */
	order: string[];
}

/** Share of requests that a call back along a circle is made for: the circle dies out. */
const returningShare = 0.1;
const maximumReturning = 20;
const maximumIntertwined = 300;

/**
 * Takes circles apart: the call that closes one becomes asynchronous and rare, or is left out where circles are too
 * many or too wide to be sure that they die out.
 */
export function soundUnwound(ids: string[], edges: Edge[], notes: ImportNote[]): Unwound {
	const { closing, order } = search(ids, edges);
	const rare =
		closing.size <= maximumReturning && ids.length <= maximumIntertwined
			? new Set([...closing].filter(({ group, onMiss }) => group === undefined && !onMiss))
			: new Set<Edge>();
	const tried = { ...unwind(edges, closing, rare, []), order };
	if (rare.size > 0 && isEndless(ids, tried.edges)) rare.clear();
	return { ...unwind(edges, closing, rare, notes), order };
}

/** Whether rare calls that return come back so often, together, that work breeds work. */
function isEndless(ids: string[], edges: Edge[]): boolean {
	const services = ids.map((id): Service => {
		const serviceTime = { meanMs: 1, variation: 0 };
		return { id, layer: 'core', kind: 'service', replicas: 1, workers: 1, serviceTime };
	});
	const calls = edges.map(({ from, to, share, mode }) => ({
		id: `${from}>${to}`,
		from,
		to,
		mode,
		...(share === undefined ? {} : { share })
	}));
	return checkTopology({ services, calls }).length > 0;
}

function unwind(
	edges: Edge[],
	closing: Set<Edge>,
	rare: Set<Edge>,
	notes: ImportNote[]
): Omit<Unwound, 'order'> {
	const kept: Edge[] = [];
	const returning = new Set<Edge>();
	for (const edge of edges) {
		if (!closing.has(edge)) {
			kept.push(edge);
			continue;
		}
		const circle = `${edge.from} to ${edge.to} closes a circle of calls`;
		if (!rare.has(edge)) {
			notes.push({ ...edge.place, message: `${circle}: left out` });
			continue;
		}
		const because = `${edge.because}; it closes a circle of calls, so it is made for one request in ten`;
		const slowed: Edge = { ...edge, mode: 'async', share: returningShare, because };
		returning.add(slowed);
		kept.push(slowed);
		notes.push({
			...edge.place,
			message: `${circle}: asynchronous here, for one request in ten`
		});
	}
	return { edges: kept, returning };
}

/** Depth first without recursion: a call to a service that is still being searched closes a circle. */
function search(ids: string[], edges: Edge[]): { closing: Set<Edge>; order: string[] } {
	const next = callsBy(edges, 'from');
	const state = new Map<string, 'open' | 'done'>();
	const closing = new Set<Edge>();
	const finished: string[] = [];
	for (const root of ids) {
		if (state.has(root)) continue;
		state.set(root, 'open');
		const path = [{ id: root, at: 0 }];
		for (let top = path.at(-1); top; top = path.at(-1)) {
			const edge = next.get(top.id)?.[top.at++];
			if (!edge) {
				state.set(top.id, 'done');
				finished.push(top.id);
				path.pop();
			} else if (state.get(edge.to) === 'open') closing.add(edge);
			else if (!state.has(edge.to)) {
				state.set(edge.to, 'open');
				path.push({ id: edge.to, at: 0 });
			}
		}
	}
	return { closing, order: finished.reverse() };
}

export function callsBy(edges: Iterable<Edge>, end: 'from' | 'to'): Map<string, Edge[]> {
	const calls = new Map<string, Edge[]>();
	for (const edge of edges) {
		const list = calls.get(edge[end]);
		if (list) list.push(edge);
		else calls.set(edge[end], [edge]);
	}
	return calls;
}
