import type { Layout } from './layout';

export type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

const axes: Record<Direction, [x: number, y: number]> = {
	ArrowUp: [0, -1],
	ArrowDown: [0, 1],
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0]
};

/**
 * The node that an arrow key leads to: the nearest inside a quarter circle around the direction, else the one that
 * lies least aside, else the same node. Deterministic; ties go to the first in the layout.
 */
export function nodeTowards(layout: Layout, from: string, direction: Direction): string {
	const start = layout.nodes[from];
	if (!start) return from;
	const [ax, ay] = axes[direction];
	let best = from;
	let bestCost = Infinity;
	for (const [id, { x, y }] of Object.entries(layout.nodes)) {
		if (id === from) continue;
		const along = (x - start.x) * ax + (y - start.y) * ay;
		const aside = Math.abs((x - start.x) * ay - (y - start.y) * ax);
		if (along <= 0) continue;
		const cost = aside <= along ? Math.hypot(along, aside) : 10_000 * (aside / along) + aside;
		if (cost < bestCost) [best, bestCost] = [id, cost];
	}
	return best;
}
