import type { Decision } from '$lib/content';
import { edgesOf } from './relations';

/** How two records stand to each other, as a bow between their rows. */
export interface Arc {
	/** Rows, counted from 0; `from` says something about `to`. */
	from: number;
	to: number;
	kind: string;
	/** How far the bow reaches out: 1 is next to the rows. Bows of the same reach do not overlap. */
	reach: number;
}

/** Every relation between two records once, over rows in the order given; short bows lie inside long ones. */
export function arcsOf(decisions: Decision[]): Arc[] {
	const rowOf = new Map(decisions.map(({ number }, row) => [number, row]));
	const seen = new Set<string>();
	const arcs = edgesOf(decisions)
		.flatMap(({ from, to, kind }): Arc[] => {
			const [a, b] = [rowOf.get(from), rowOf.get(to)];
			const key = `${from} ${kind} ${to}`;
			if (a === undefined || b === undefined || a === b || seen.has(key)) return [];
			seen.add(key);
			return [{ from: a, to: b, kind, reach: 1 }];
		})
		.sort((a, b) => Math.abs(a.from - a.to) - Math.abs(b.from - b.to));
	arcs.forEach((arc, index) => {
		const crossing = arcs.slice(0, index).filter((other) => overlap(arc, other));
		while (crossing.some(({ reach }) => reach === arc.reach)) arc.reach++;
	});
	return arcs;
}

function overlap(a: Arc, b: Arc): boolean {
	const [aLow, aHigh] = [Math.min(a.from, a.to), Math.max(a.from, a.to)];
	const [bLow, bHigh] = [Math.min(b.from, b.to), Math.max(b.from, b.to)];
	return aLow < bHigh && bLow < aHigh;
}

/** Records in the order in which they were taken: by date, those without one by number among their neighbours. */
export function inOrderOfTime<Dated extends Pick<Decision, 'number' | 'date'>>(
	decisions: Dated[]
): Dated[] {
	const byNumber = [...decisions].sort((a, b) => a.number - b.number);
	let latest = '';
	const placed = byNumber.map((decision) => {
		if (decision.date) latest = decision.date;
		return { decision, at: decision.date ?? latest };
	});
	return placed
		.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.decision.number - b.decision.number))
		.map(({ decision }) => decision);
}

/**
 * Which services stand after each record, in order: those that no record is about stand from the start, the others from
 * the first record that names them.
 * @returns one list of ids for each record
 */
export function servicesOverTime(
	decisions: Pick<Decision, 'affects'>[],
	services: string[]
): string[][] {
	const named = new Set(decisions.flatMap(({ affects }) => affects));
	const standing = new Set(services.filter((id) => !named.has(id)));
	return decisions.map(({ affects }) => {
		for (const id of affects) standing.add(id);
		return services.filter((id) => standing.has(id));
	});
}
