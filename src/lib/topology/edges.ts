import type { Call } from '$lib/simulation';
import type { Layout } from './layout';

export interface Edge {
	call: Call;
	/** SVG path from caller to callee. */
	path: string;
}

/** The calls as slightly bent lines, each pair of services bent to its own side. */
export function edgesOf(calls: Call[], layout: Layout): Edge[] {
	return calls.flatMap((call) => {
		const from = layout.nodes[call.from];
		const to = layout.nodes[call.to];
		if (!from || !to || call.from === call.to) return [];
		const { x: cx, y: cy } = bend(from, to);
		return [{ call, path: `M${from.x} ${from.y}Q${cx} ${cy} ${to.x} ${to.y}` }];
	});
}

interface Point {
	x: number;
	y: number;
}

function bend(from: Point, to: Point): Point {
	const [dx, dy] = [to.x - from.x, to.y - from.y];
	return { x: round((from.x + to.x) / 2 - dy * 0.12), y: round((from.y + to.y) / 2 + dx * 0.12) };
}

/** The point at a share of the way along the line from one service to another. */
export function pointAlong(
	layout: Layout,
	fromId: string,
	toId: string,
	share: number
): Point | undefined {
	const from = layout.nodes[fromId];
	const to = layout.nodes[toId];
	if (!from || !to) return undefined;
	const control = bend(from, to);
	const rest = 1 - share;
	return {
		x: rest * rest * from.x + 2 * rest * share * control.x + share * share * to.x,
		y: rest * rest * from.y + 2 * rest * share * control.y + share * share * to.y
	};
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
