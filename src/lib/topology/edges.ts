import type { Call } from '$lib/simulation';

export interface Point {
	x: number;
	y: number;
}

/** What the drawing of calls needs of a layout. */
export interface Places {
	nodes: Record<string, Point>;
	/** Control point of each call's curve. */
	bends: Record<string, Point>;
}

export interface Edge {
	call: Call;
	/** SVG path from caller to callee. */
	path: string;
	/** A chevron on the way that points to the callee. */
	chevron: string;
}

/** Calls that can be drawn: between two different services that are there. */
export function drawable<Drawn extends Pick<Call, 'from' | 'to'>>(
	calls: Drawn[],
	nodes: Record<string, Point>
): Drawn[] {
	return calls.filter(({ from, to }) => from !== to && nodes[from] && nodes[to]);
}

/** A point of a quadratic Bézier curve; `share` in [0, 1]. */
export function onCurve(a: Point, bend: Point, b: Point, share: number): Point {
	const rest = 1 - share;
	return {
		x: rest * rest * a.x + 2 * rest * share * bend.x + share * share * b.x,
		y: rest * rest * a.y + 2 * rest * share * bend.y + share * share * b.y
	};
}

/** The calls as curves to draw. */
export function edgesOf(calls: Call[], places: Places): Edge[] {
	return drawable(calls, places.nodes).flatMap((call) => {
		const from = places.nodes[call.from];
		const to = places.nodes[call.to];
		const bend = places.bends[call.id];
		if (!from || !to || !bend) return [];
		return [
			{
				call,
				path: `M${from.x} ${from.y}Q${bend.x} ${bend.y} ${to.x} ${to.y}`,
				chevron: chevron(from, bend, to)
			}
		];
	});
}

function chevron(a: Point, bend: Point, b: Point): string {
	const tip = onCurve(a, bend, b, 0.58);
	const tail = onCurve(a, bend, b, 0.54);
	const length = Math.hypot(tip.x - tail.x, tip.y - tail.y) || 1;
	const [dx, dy] = [((tip.x - tail.x) / length) * 9, ((tip.y - tail.y) / length) * 9];
	const left = { x: tip.x - dx - dy * 0.7, y: tip.y - dy + dx * 0.7 };
	const right = { x: tip.x - dx + dy * 0.7, y: tip.y - dy - dx * 0.7 };
	return `M${round(left.x)} ${round(left.y)}L${round(tip.x)} ${round(tip.y)}L${round(right.x)} ${round(right.y)}`;
}

/**
 * The point at a share of the way from one service to another along their call's curve; along a straight line where
 * they have none.
 */
export function pointAlong(
	places: Places,
	{ from, to, call }: { from: string; to: string; call?: string | undefined },
	share: number
): Point | undefined {
	const a = places.nodes[from];
	const b = places.nodes[to];
	if (!a || !b) return undefined;
	const bend = (call && places.bends[call]) || { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
	return onCurve(a, bend, b, share);
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
