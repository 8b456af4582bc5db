import type { Call } from '$lib/simulation';
import { drawable, onCurve, type Point } from './edges';

const nodeRoom = 34;
const sags = [0.1, -0.1, 0.2, -0.2, 0.3, -0.3, 0.42, -0.42];

/**
 * A bend for each call, chosen so that its curve keeps clear of services it has nothing to do with, and of the curves
 * of other calls between the same two.
 */
export function bendCalls(
	calls: Pick<Call, 'id' | 'from' | 'to'>[],
	nodes: Record<string, Point>
): Record<string, Point> {
	const others = Object.entries(nodes);
	const careful = others.length <= 60;
	const taken = new Map<string, number>();
	return Object.fromEntries(
		drawable(calls, nodes).map(({ id, from, to }) => {
			const a = nodes[from] as Point;
			const b = nodes[to] as Point;
			const pair = [from, to].sort().join(' ');
			const before = taken.get(pair) ?? 0;
			taken.set(pair, before + 1);
			// The calls of a pair take different sides; a call back takes the other side by itself.
			const allowed = sags.slice(Math.min(before * 2, sags.length - 1));
			let best: Point = control(a, b, allowed[0] ?? 0);
			let bestCost = Infinity;
			for (const sag of careful ? allowed : allowed.slice(0, 1)) {
				const bend = control(a, b, sag);
				let cost = Math.abs(sag) * 10;
				for (const [other, place] of others)
					if (other !== from && other !== to) cost += closeness(a, bend, b, place);
				if (cost < bestCost - 1e-9) [best, bestCost] = [bend, cost];
			}
			return [id, { x: round(best.x), y: round(best.y) }];
		})
	);
}

function control(a: Point, b: Point, sag: number): Point {
	return {
		x: (a.x + b.x) / 2 - (b.y - a.y) * sag * 2,
		y: (a.y + b.y) / 2 + (b.x - a.x) * sag * 2
	};
}

function closeness(a: Point, bend: Point, b: Point, place: Point): number {
	let nearest = Infinity;
	for (let step = 1; step < 20; step++) {
		const { x, y } = onCurve(a, bend, b, step / 20);
		nearest = Math.min(nearest, Math.hypot(x - place.x, y - place.y));
	}
	return nearest >= nodeRoom ? 0 : 100 * (1 - nearest / nodeRoom);
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
