import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { callRules } from '../../../src/lib/topology/call-rules';
import { callTreeOf, type CallTree } from '../../../src/lib/topology/call-tree';
import { layoutTopology } from '../../../src/lib/topology/layout';
import { matching, neighboursOf, servicesOf } from '../../../src/lib/topology/map-filter';
import { stepOf } from '../../../src/lib/topology/navigate';
import { orbitedLayout } from '../../../src/lib/topology/orbits';
import { explainTier, tierOf } from '../../../src/lib/topology/tiers';
import {
	clampView,
	panBy,
	pointAt,
	showing,
	viewBoxOf,
	wholeView,
	zoomAt
} from '../../../src/lib/topology/viewport';
import { largeSample } from '../../../src/lib/topology/samples';
import { checkTopology } from '../../../src/lib/simulation';

const { topology } = loadFolder('src/content');
const layout = layoutTopology(topology);
const ids = topology.services.map(({ id }) => id);

describe('the part that is seen', () => {
	const extent = 400;
	const view = fc.record({
		x: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
		y: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
		scale: fc.double({ min: 0, max: 1e6, noNaN: true })
	});

	test('never leaves the drawing, whatever is asked for', () => {
		fc.assert(
			fc.property(view, (asked) => {
				const { x, y, scale } = clampView(asked, extent);
				expect(scale).toBeGreaterThanOrEqual(1);
				expect(Math.abs(x) + extent / scale).toBeLessThanOrEqual(extent + 1e-6);
				expect(Math.abs(y) + extent / scale).toBeLessThanOrEqual(extent + 1e-6);
			})
		);
	});

	test('zooming keeps the point under the pointer where it is', () => {
		const box = { left: 10, top: 20, width: 600, height: 600 };
		const client = { x: 250, y: 340 };
		const point = pointAt(client, box, wholeView, extent);
		const near = zoomAt(wholeView, 2, point, extent);
		expect(near.scale).toBe(2);
		const after = pointAt(client, box, near, extent);
		expect(after.x).toBeCloseTo(point.x);
		expect(after.y).toBeCloseTo(point.y);
	});

	test('zooming in and out again, and panning there and back, end where they began', () => {
		const near = zoomAt(wholeView, 2, { x: 50, y: -50 }, extent);
		expect(zoomAt(near, 0.1, near, extent)).toEqual(wholeView);
		expect(panBy(panBy(near, 10, 5, extent), -10, -5, extent)).toEqual(near);
		expect(panBy(wholeView, 100, 100, extent)).toEqual(wholeView);
		expect(viewBoxOf(wholeView, extent)).toBe('-400 -400 800 800');
	});

	test('moves only as far as a service needs to be inside', () => {
		const near = zoomAt(wholeView, 4, { x: 0, y: 0 }, extent);
		expect(showing(near, { x: 20, y: 20 }, extent)).toBe(near);
		const moved = showing(near, { x: 300, y: 0 }, extent);
		expect(moved.x + 100).toBeGreaterThan(300);
		expect(moved.y).toBe(0);
	});
});

describe('finding', () => {
	test('goes by name, technology and role, all words at once', () => {
		expect(matching(topology, { text: 'redis' })).toEqual(['redis-lock', 'cache']);
		expect(matching(topology, { text: 'REDIS lock' })).toEqual(['redis-lock']);
		expect(matching(topology, { text: 'no such thing' })).toEqual([]);
		expect(matching(topology, {})).toBeUndefined();
	});

	test('by layer and by flow narrows together', () => {
		expect(matching(topology, { layer: 'core' })).toEqual(['api', 'booking-engine', 'read-model']);
		expect(matching(topology, { flow: 'booking', layer: 'core' })).toEqual(['booking-engine']);
		expect([...servicesOf(topology, 'read')]).toEqual([
			'client',
			'gateway',
			'log-disk',
			'api',
			'cache',
			'read-model'
		]);
	});

	test('a service in focus has its callers and callees with it', () => {
		expect(neighboursOf(topology, 'cache')).toEqual(['cache', 'api', 'read-model']);
	});
});

describe('keys', () => {
	test('reach every service from any, by arrows alone', () => {
		for (const start of ids) {
			const reached = new Set([start]);
			for (const here of reached)
				for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'])
					reached.add(stepOf(topology, layout, here, key)?.to ?? here);
			expect([...reached].sort()).toEqual([...ids].sort());
		}
	});

	test('brackets follow each call of a service once round, there and back', () => {
		for (const key of [']', '}'])
			for (const id of ids) {
				const ends = topology.calls
					.filter((call) => (key === ']' ? call.from : call.to) === id)
					.map((call) => (key === ']' ? call.to : call.from));
				const seen = new Set<string>();
				let last: string | undefined;
				for (let press = 0; press < ends.length; press++) {
					last = stepOf(topology, layout, id, key, last)?.to;
					if (last) seen.add(last);
				}
				if (new Set(ends).size === ends.length) expect(seen).toEqual(new Set(ends));
				else expect(seen.size).toBeGreaterThan(0);
			}
	});

	test('a call that is followed is told with its rules', () => {
		expect(stepOf(topology, layout, 'cache', ']')).toEqual({
			to: 'read-model',
			say: 'Cache calls Read Model: on a miss, timeout 700 ms.'
		});
		expect(stepOf(topology, layout, 'read-model', ']')).toBeUndefined();
	});

	test('Home and End stay on the ring, Page Up and Page Down change it', () => {
		expect(stepOf(topology, layout, 'read-model', 'Home')?.to).toBe('api');
		expect(stepOf(topology, layout, 'api', 'End')?.to).toBe('read-model');
		expect(stepOf(topology, layout, 'api', 'PageUp')).toBeUndefined();
		const out = stepOf(topology, layout, 'api', 'PageDown')?.to;
		expect(topology.services.find(({ id }) => id === out)?.layer).toBe('async');
		expect(stepOf(topology, layout, 'api', 'x')).toBeUndefined();
	});
});

describe('the tree of calls', () => {
	const told = ({ service, calls }: CallTree): string[] => [service, ...calls.flatMap(told)];

	test.each(topology.flows.map(({ id }) => id))(
		'of %s names every service that it reaches',
		(flow) => {
			const tree = callTreeOf(topology, flow);
			expect(new Set(tree && told(tree))).toEqual(servicesOf(topology, flow));
		}
	);

	test('ends where services call each other in a circle', () => {
		const [a, b] = ids as [string, string];
		const tree = callTreeOf(
			{
				...topology,
				flows: [{ id: 'round', title: 'Round', summary: '', entry: a, rate: 1 }],
				calls: [
					{ id: 'there', from: a, to: b, mode: 'sync' },
					{ id: 'back', from: b, to: a, mode: 'async' }
				]
			},
			'round'
		);
		expect(tree && told(tree)).toEqual([a, b, a]);
		expect(tree?.calls[0]?.calls[0]?.again).toBe(true);
	});

	test('tells the rules of a call in words', () => {
		expect(
			callRules({
				id: 'x',
				from: 'a',
				to: 'b',
				mode: 'sync',
				share: 0.1,
				timeoutMs: 900,
				pool: { size: 8, waitMs: 250 },
				retries: { attempts: 3, backoffMs: 10, budget: 0.1 },
				breaker: { window: 20, threshold: 0.5, openSeconds: 5, probes: 2 }
			})
		).toEqual([
			'10 % of requests',
			'timeout 900 ms',
			'pool of 8, 250 ms wait at most',
			'3 attempts, budget 10 %',
			'breaker at 50 % of 20, open 5 s'
		]);
	});
});

describe('orbits', () => {
	test('keep every service on its ring, and come back to the digit', () => {
		const later = orbitedLayout(layout, topology, 4000);
		for (const id of ids) {
			const [a, b] = [layout.nodes[id], later.nodes[id]];
			expect(Math.hypot(b?.x ?? 0, b?.y ?? 0)).toBeCloseTo(Math.hypot(a?.x ?? 0, a?.y ?? 0), 6);
			expect(b).not.toEqual(a);
		}
		expect(orbitedLayout(layout, topology, 4000)).toEqual(later);
		expect(orbitedLayout(layout, topology, 0)).toBe(layout);
	});

	test('what nobody waits for moves slowest', () => {
		const turned = (id: string) => {
			const [a, b] = [layout.nodes[id], orbitedLayout(layout, topology, 1000).nodes[id]];
			return Math.abs(Math.atan2(b?.y ?? 0, b?.x ?? 0) - Math.atan2(a?.y ?? 0, a?.x ?? 0));
		};
		expect(turned('kafka')).toBeLessThan(turned('database'));
		expect(turned('database')).toBeLessThan(turned('api'));
	});
});

test('the size decides how a topology is laid out and drawn, and the reason is told', () => {
	expect([20, 200, 201, 1000, 1001].map((size) => Object.values(tierOf(size)))).toEqual([
		['at once', 'elements'],
		['at once', 'elements'],
		['between frames', 'canvas'],
		['between frames', 'canvas'],
		['in a worker', 'canvas']
	]);
	expect(explainTier(2000, 5000, 3.14)).toMatch(/in a worker, 3\.1 ms a tick .* canvas/);
});

test.each([200, 2000, 10_000])('the made-up system of %i services is sound', (size) => {
	const sample = largeSample(size);
	expect(sample.services).toHaveLength(size);
	expect(sample.calls.length).toBeGreaterThan(size * 2);
	expect(checkTopology(sample, sample)).toEqual([]);
});
