/** Calls that come back to where they began. */

import type { Call, Topology } from './types';

/** A circle of synchronous calls, which could wait for itself for ever; undefined when there is none. */
export function synchronousCycle(topology: Topology): string[] | undefined {
	const next = new Map<string, string[]>();
	const brokers = brokersOf(topology);
	for (const { from, to, mode } of topology.calls)
		if (mode === 'sync' && !brokers.has(from)) next.set(from, [...(next.get(from) ?? []), to]);
	const suspects = inCircles(next);
	const done = new Set<string>();
	function search(id: string, path: string[]): string[] | undefined {
		if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
		if (done.has(id)) return undefined;
		for (const to of next.get(id) ?? []) {
			if (!suspects.has(to)) continue;
			const found = search(to, [...path, id]);
			if (found) return found;
		}
		done.add(id);
		return undefined;
	}
	for (const id of suspects) {
		const found = search(id, []);
		if (found) return found;
	}
	return undefined;
}

/**
 * A service where a request that leaves comes back at least once on average, so that work breeds work without end;
 * undefined when there is none. A circle that fewer come back through dies out, and is sound.
 */
export function endlessCircle(topology: Topology): string | undefined {
	const named = topology.calls.flatMap(({ flows }) => flows ?? []);
	// A call for one flow and a call for another make no circle: each flow is looked at by itself.
	for (const flow of new Set([...named, undefined])) {
		const calls = topology.calls.filter(
			({ flows }) => !flows || (flow !== undefined && flows.includes(flow))
		);
		const found = endlessAmong(calls);
		if (found !== undefined) return found;
	}
	return undefined;
}

function endlessAmong(calls: Call[]): string | undefined {
	const next = new Map<string, { to: string; gain: number }[]>();
	for (const { from, to, share, times } of calls) {
		const gain = (share ?? 1) * (times ?? 1);
		if (gain > 0) next.set(from, [...(next.get(from) ?? []), { to, gain }]);
	}
	const targets = [...next].map(([id, list]): [string, string[]] => [id, list.map(({ to }) => to)]);
	for (const id of inCircles(new Map(targets))) {
		if (!comesBack(id, next)) continue;
		// Requests at each service on average when one begins here, those that come back here counted and taken out.
		let now = new Map([[id, 1]]);
		let back = 0;
		for (let step = 0; step <= next.size + 200 && now.size > 0 && back < 1 - 1e-9; step++) {
			const after = new Map<string, number>();
			for (const [at, amount] of now)
				for (const { to, gain } of next.get(at) ?? [])
					if (to === id) back += amount * gain;
					else if (amount * gain > 1e-9) after.set(to, (after.get(to) ?? 0) + amount * gain);
			now = after;
		}
		if (back >= 1 - 1e-9) return id;
	}
	return undefined;
}

/**
 * Who may be part of a circle: all that are left when those whom nobody calls and those who call nobody are taken away,
 * again and again. Most systems have none.
 */
function inCircles(next: Map<string, string[]>): Set<string> {
	const before = new Map<string, string[]>();
	for (const [from, list] of next)
		for (const to of list) {
			const callers = before.get(to);
			if (callers) callers.push(from);
			else before.set(to, [from]);
		}
	const left = new Set([...next.keys()].filter((id) => before.has(id)));
	for (const [callers, callees] of [
		[before, next],
		[next, before]
	] as const) {
		const count = new Map<string, number>();
		for (const id of left)
			count.set(id, (callers.get(id) ?? []).filter((other) => left.has(other)).length);
		const free = [...left].filter((id) => count.get(id) === 0);
		for (let id = free.pop(); id !== undefined; id = free.pop()) {
			left.delete(id);
			for (const other of callees.get(id) ?? []) {
				const now = (count.get(other) ?? 0) - 1;
				count.set(other, now);
				if (now === 0 && left.has(other)) free.push(other);
			}
		}
	}
	return left;
}

function comesBack(id: string, next: Map<string, { to: string }[]>): boolean {
	const seen = new Set<string>();
	const open = [id];
	for (let at = open.pop(); at !== undefined; at = open.pop())
		for (const { to } of next.get(at) ?? []) {
			if (to === id) return true;
			if (!seen.has(to)) {
				seen.add(to);
				open.push(to);
			}
		}
	return false;
}

function brokersOf({ services }: Topology): Set<string> {
	return new Set(services.filter(({ kind }) => kind === 'broker').map(({ id }) => id));
}
