import { onCurve, type Point } from './edges';
import { labelLines } from './label-lines';

/** Size of the text that labels are placed for, the largest that is drawn; units of the drawing. */
export const labelSize = 26;
const characterWidth = labelSize * 0.6;
const lineHeight = labelSize * 1.08;
const nodeRadius = 24;

export interface Label {
	/** Centre of the text's first line, from the node's centre. */
	x: number;
	y: number;
	anchor: 'start' | 'middle' | 'end';
}

export interface Box {
	left: number;
	right: number;
	top: number;
	bottom: number;
}

/** Where a label's text lies on the drawing. */
export function labelBox(place: Point, name: string, label: Label): Box {
	const lines = labelLines(name);
	const width = Math.max(...lines.map((line) => [...line].length)) * characterWidth;
	const x = place.x + label.x;
	const left = label.anchor === 'start' ? x : label.anchor === 'end' ? x - width : x - width / 2;
	const top = place.y + label.y - lineHeight / 2;
	return { left, right: left + width, top, bottom: top + lines.length * lineHeight };
}

export function nodeBox({ x, y }: Point): Box {
	return {
		left: x - nodeRadius,
		right: x + nodeRadius,
		top: y - nodeRadius,
		bottom: y + nodeRadius
	};
}

export function overlaps(a: Box, b: Box): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** In the order of preference: below, above, beside, then the corners. */
function candidates(lineCount: number): Label[] {
	const tenth = (value: number) => Math.round(value * 10) / 10;
	const below = tenth(nodeRadius + lineHeight * 0.55);
	const above = tenth(-nodeRadius - lineHeight * (lineCount - 0.45));
	const middle = tenth((-(lineCount - 1) * lineHeight) / 2);
	const aside = nodeRadius + 6;
	return [
		{ x: 0, y: below, anchor: 'middle' },
		{ x: 0, y: above, anchor: 'middle' },
		{ x: aside, y: middle, anchor: 'start' },
		{ x: -aside, y: middle, anchor: 'end' },
		{ x: 14, y: below, anchor: 'start' },
		{ x: -14, y: below, anchor: 'end' },
		{ x: 14, y: above, anchor: 'start' },
		{ x: -14, y: above, anchor: 'end' }
	];
}

interface Labelled extends Point {
	name: string;
	/** The higher, the sooner it gets its place. */
	weight: number;
}

export interface Placement {
	/** One for each node, in their order; undefined where there was no room. */
	labels: (Label | undefined)[];
	/** 0 is perfect: grows with labels left out, then with lines they cover, then with odd positions. */
	cost: number;
}

/**
 * Puts a label beside every node that has room for one, covering no node and no other label, and as few curves as
 * can be. Deterministic.
 * @param curves what labels should not cover, as [from, bend, to]
 * @param extent half the side of the drawing, which labels do not leave
 */
export function placeLabels(
	nodes: Labelled[],
	curves: [Point, Point, Point][],
	extent: number
): Placement {
	const fixed = new Grid();
	for (const node of nodes) fixed.add(nodeBox(node));
	const inked = new Grid();
	if (nodes.length <= 60)
		for (const [a, bend, b] of curves)
			for (let step = 0; step <= 40; step++) {
				const { x, y } = onCurve(a, bend, b, step / 40);
				inked.add({ left: x - 1, right: x + 1, top: y - 1, bottom: y + 1 });
			}
	const options = nodes.map((node) => {
		const lines = labelLines(node.name);
		return candidates(lines.length).flatMap((label, preference) => {
			const box = labelBox(node, node.name, label);
			const outside =
				Math.max(-box.left, box.right, -box.top, box.bottom) > extent || fixed.hits(box) > 0;
			return outside ? [] : [{ label, box, cost: preference * 2 + inked.hits(box) * 3 }];
		});
	});
	const order = nodes
		.map((_, index) => index)
		.sort((a, b) => (nodes[b]?.weight ?? 0) - (nodes[a]?.weight ?? 0) || a - b);
	// The most constrained first, where there are few enough to care.
	if (nodes.length <= 60)
		order.sort((a, b) => (options[a]?.length ?? 0) - (options[b]?.length ?? 0));
	const taken = new Grid();
	const labels = new Array<Label | undefined>(nodes.length).fill(undefined);
	let cost = 0;
	for (const index of order) {
		const free = (options[index] ?? []).filter(({ box }) => taken.hits(box) === 0);
		const best = free.reduce<(typeof free)[number] | undefined>(
			(least, option) => (least && least.cost <= option.cost ? least : option),
			undefined
		);
		cost += best ? best.cost : 1000;
		if (!best) continue;
		taken.add(best.box);
		labels[index] = best.label;
	}
	return { labels, cost };
}

/** Boxes in cells, so that two thousand labels need not look at each other. */
class Grid {
	readonly #cells = new Map<string, Box[]>();
	readonly #size = 128;

	add(box: Box): void {
		for (const key of this.#keys(box)) {
			const cell = this.#cells.get(key);
			if (cell) cell.push(box);
			else this.#cells.set(key, [box]);
		}
	}

	/** How many boxes it covers. */
	hits(box: Box): number {
		const found = new Set<Box>();
		for (const key of this.#keys(box))
			for (const other of this.#cells.get(key) ?? []) if (overlaps(box, other)) found.add(other);
		return found.size;
	}

	*#keys({ left, right, top, bottom }: Box): Generator<string> {
		for (let x = Math.floor(left / this.#size); x <= Math.floor(right / this.#size); x++)
			for (let y = Math.floor(top / this.#size); y <= Math.floor(bottom / this.#size); y++)
				yield `${x} ${y}`;
	}
}
