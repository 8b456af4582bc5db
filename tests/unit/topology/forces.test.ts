import { forceCollide, forceManyBody, type SimulationNodeDatum } from 'd3-force';
import { describe, expect, test } from 'vitest';
import { apart } from '../../../src/lib/topology/forces/apart';
import { repulsion } from '../../../src/lib/topology/forces/repulsion';

type Node = SimulationNodeDatum & { x: number; y: number; vx: number; vy: number };

/** Nodes over a square, the same for the same count. */
function scattered(count: number, side: number): Node[] {
	let state = count;
	const next = () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
	return Array.from({ length: count }, (_, index) => ({
		index,
		x: (next() - 0.5) * side,
		y: (next() - 0.5) * side,
		vx: 0,
		vy: 0
	}));
}

/** Velocities that one call of a force gives. */
function velocities(
	force: { (alpha: number): void; initialize?(nodes: Node[], random: () => number): void },
	nodes: Node[]
): [number, number][] {
	const own = nodes.map((node) => ({ ...node }));
	force.initialize?.(own, () => 0.3);
	force(1);
	return own.map(({ vx, vy }) => [vx, vy]);
}

function exactRepulsion(nodes: Node[], strength: number): [number, number][] {
	return nodes.map((node, index) => {
		let [vx, vy] = [0, 0];
		nodes.forEach((other, which) => {
			if (which === index) return;
			const [dx, dy] = [other.x - node.x, other.y - node.y];
			let square = dx * dx + dy * dy;
			if (square < 1) square = Math.sqrt(square);
			vx += (dx * strength) / square;
			vy += (dy * strength) / square;
		});
		return [vx, vy];
	});
}

/** Root mean square of the difference, as a share of the root mean square of what is right. */
function relativeError(found: [number, number][], right: [number, number][]): number {
	const square = ([x, y]: [number, number]) => x * x + y * y;
	const total = (list: [number, number][]) => list.reduce((sum, each) => sum + square(each), 0);
	const difference = found.map(([x, y], index): [number, number] => [
		x - (right[index]?.[0] ?? NaN),
		y - (right[index]?.[1] ?? NaN)
	]);
	return Math.sqrt(total(difference) / total(right));
}

describe('repulsion', () => {
	test('of two nodes is exact, and equal for both', () => {
		const pair = [
			{ index: 0, x: 0, y: 0, vx: 0, vy: 0 },
			{ index: 1, x: 30, y: 40, vx: 0, vy: 0 }
		];
		const [[ax, ay], [bx, by]] = velocities(repulsion<Node>(-200), pair) as [
			[number, number],
			[number, number]
		];
		expect([ax, ay]).toEqual([(30 * -200) / 2500, (40 * -200) / 2500]);
		expect([bx, by]).toEqual([-ax, -ay]);
	});

	test.each([200, 2000])('of %i nodes is off by no more than that of d3', (count) => {
		const nodes = scattered(count, 2000);
		const exact = exactRepulsion(nodes, -200);
		const ours = relativeError(velocities(repulsion<Node>(-200), nodes), exact);
		const theirs = relativeError(velocities(forceManyBody<Node>().strength(-200), nodes), exact);
		expect(ours).toBeLessThan(0.02);
		expect(ours).toBeLessThan(theirs * 1.2);
	});

	test('parts nodes that stand in one place, however many', () => {
		const heap = scattered(50, 0);
		const found = velocities(repulsion<Node>(-200), heap);
		expect(found.every(([vx, vy]) => Number.isFinite(vx) && Number.isFinite(vy))).toBe(true);
		expect(found.some(([vx, vy]) => Math.hypot(vx, vy) > 0)).toBe(true);
	});
});

describe('keeping apart', () => {
	test.each([20, 300])('does to %i crowded nodes what the collision of d3 does', (count) => {
		const nodes = scattered(count, 110 * Math.sqrt(count));
		const ours = velocities(apart<Node>(34), nodes);
		const theirs = velocities(forceCollide<Node>(34), nodes);
		// Not to the digit: whom a node meets only after it was pushed depends on the index that was searched.
		expect(relativeError(ours, theirs)).toBeLessThan(0.1);
		expect(ours.some(([vx, vy]) => Math.hypot(vx, vy) > 1)).toBe(true);
	});

	test('leaves alone those that have room, and copes with one that is very far away', () => {
		const nodes = [...scattered(3, 0), ...scattered(1, 0)].map((node, index) => ({
			...node,
			index,
			x: index * 100,
			y: index === 3 ? 1e9 : 0
		}));
		expect(velocities(apart<Node>(34), nodes)).toEqual(nodes.map(() => [0, 0]));
	});
});
