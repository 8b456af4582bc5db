import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { SiteTopology } from '../../../src/lib/content';
import { labelBox, nodeBox, overlaps } from '../../../src/lib/topology/labels';
import { layoutTopology, settlePositions, type Layout } from '../../../src/lib/topology/layout';
import { ringOrder } from '../../../src/lib/topology/rings';
import { madeUpTopology } from '../../fixtures/topologies/made-up';

const own = parse(readFileSync('src/content/topology.yaml', 'utf8')) as SiteTopology;
own.calls.forEach((call) => (call.id ??= `${call.from}>${call.to}`));
const sizes = [1, 2, 14, 20, 200, 2000];

type Input = Parameters<typeof layoutTopology>[0];
const boxesOf = (layout: Layout, { services }: Input) =>
	services.flatMap(({ id, name }) => {
		const node = layout.nodes[id];
		return node?.label ? [labelBox(node, name ?? id, node.label)] : [];
	});

describe('rings', () => {
	test.each(sizes)('no node of %i is nearer to another ring than to its own', (size) => {
		const topology = madeUpTopology(size);
		const { rings, nodes } = layoutTopology(topology);
		const astray = topology.services.filter(({ id, layer }) => {
			const { x, y } = nodes[id] ?? { x: NaN, y: NaN };
			const distance = Math.hypot(x, y);
			const nearest = [...rings].sort(
				(a, b) => Math.abs(a.radius - distance) - Math.abs(b.radius - distance)
			)[0];
			return nearest?.layer !== layer;
		});
		expect(astray).toEqual([]);
	});

	test('run from the core outwards, and only those that are used', () => {
		const { rings } = layoutTopology(madeUpTopology(20));
		expect(rings.map(({ layer }) => layer)).toEqual(ringOrder);
		expect(rings.map(({ radius }) => radius)).toEqual(
			rings.map(({ radius }) => radius).sort((a, b) => a - b)
		);
		expect(layoutTopology(madeUpTopology(1)).rings).toHaveLength(1);
	});

	test.each(sizes)('no two of %i nodes stand on one another', (size) => {
		const { nodes } = layoutTopology(madeUpTopology(size));
		const places = Object.values(nodes);
		let nearest = Infinity;
		places.forEach((a, index) =>
			places
				.slice(index + 1)
				.forEach((b) => (nearest = Math.min(nearest, Math.hypot(a.x - b.x, a.y - b.y))))
		);
		expect(nearest).toBeGreaterThan(32);
	});
});

describe('labels', () => {
	test('every service of the default topology has one', () => {
		const { nodes } = layoutTopology(own);
		expect(own.services.filter(({ id }) => !nodes[id]?.label)).toEqual([]);
	});

	test.each([14, 20, 200])('of %i services cover neither each other nor a node', (size) => {
		const topology = madeUpTopology(size);
		const layout = layoutTopology(topology);
		const boxes = boxesOf(layout, topology);
		const nodes = Object.values(layout.nodes).map(nodeBox);
		const covered = boxes.filter((box) =>
			[...boxes, ...nodes].some((other) => other !== box && overlaps(box, other))
		);
		expect(boxes.length).toBeGreaterThan(size === 200 ? 40 : size - 3);
		expect(covered).toEqual([]);
	});

	test('stay inside the drawing', () => {
		const layout = layoutTopology(own);
		const outside = boxesOf(layout, own).filter(
			({ left, right, top, bottom }) => Math.max(-left, right, -top, bottom) > layout.extent
		);
		expect(outside).toEqual([]);
	});
});

test('the same topology gives the same picture, and is not written to', () => {
	const topology = madeUpTopology(200);
	const before = JSON.stringify(topology);
	expect(JSON.stringify(layoutTopology(topology))).toBe(JSON.stringify(layoutTopology(topology)));
	expect(JSON.stringify(topology)).toBe(before);
});

test.each([20, 200])(
	'a service added to %i moves the others less than 3 %% of the radius',
	(size) => {
		const after = madeUpTopology(size);
		const last = after.services.at(-1)?.id;
		const before = {
			services: after.services.filter(({ id }) => id !== last),
			calls: after.calls.filter(({ from, to }) => from !== last && to !== last)
		};
		const first = layoutTopology(before);
		const second = layoutTopology(after, first);
		const moved = before.services.map(({ id }) => {
			const [a, b] = [first.nodes[id], second.nodes[id]];
			return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : Infinity;
		});
		const mean = moved.reduce((sum, each) => sum + each, 0) / moved.length;
		expect(mean / (second.rings.at(-1)?.radius ?? 0)).toBeLessThan(0.03);
	}
);

describe('thousands', () => {
	const size = 2000;
	const topology = madeUpTopology(size);
	const steps = [...stepsOf(topology)];
	const last = steps.at(-1);

	test('show where they are on the way, and end where the drawing would have them', () => {
		expect(steps.length).toBeGreaterThan(10);
		const { nodes, extent } = layoutTopology(topology);
		expect(last?.extent).toBe(extent);
		const apart = topology.services.filter(({ id }, index) => {
			const [x, y] = [last?.xy[index * 2] ?? NaN, last?.xy[index * 2 + 1] ?? NaN];
			const node = nodes[id];
			return !node || !(Math.hypot(node.x - x, node.y - y) < 0.1);
		});
		expect(apart).toEqual([]);
	});
});

function* stepsOf(topology: Input) {
	const settling = settlePositions(topology);
	for (;;) {
		const { value, done } = settling.next();
		yield value;
		if (done) return;
	}
}

test('nothing, a call to oneself and a call to nobody are drawn as far as they can be', () => {
	expect(layoutTopology({ services: [], calls: [] }).nodes).toEqual({});
	const { services } = madeUpTopology(2);
	const layout = layoutTopology({
		services,
		calls: [
			{ id: 'self', from: 'service-0', to: 'service-0' },
			{ id: 'lost', from: 'service-0', to: 'nobody' }
		]
	});
	expect(Object.keys(layout.bends)).toEqual([]);
	expect(Object.keys(layout.nodes)).toHaveLength(2);
});

test('names that are properties of every object are names like others', () => {
	const { services } = madeUpTopology(2);
	const odd = services.map((service, index) => ({
		...service,
		id: ['__proto__', 'constructor'][index] ?? ''
	}));
	const calls = [{ id: 'a', from: '__proto__', to: 'constructor' }];
	expect(Object.keys(layoutTopology({ services: odd, calls }).nodes)).toEqual([
		'__proto__',
		'constructor'
	]);
});
