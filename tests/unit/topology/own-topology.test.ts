import { describe, expect, test } from 'vitest';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { startLocalSimulation } from '../../../src/lib/platform/local-simulation';
import { memoryStore } from '../../../src/lib/platform/storage';
import { serviceKinds } from '../../../src/lib/simulation';
import { addCall, editService, removeCall, removeService } from '../../../src/lib/topology/edits';
import { importTopology } from '../../../src/lib/topology/import/detect';
import { OwnTopology } from '../../../src/lib/topology/own-topology.svelte';
import { largeSample } from '../../../src/lib/topology/samples';
import { topologyYaml } from '../../../src/lib/topology/to-yaml';

const { topology } = loadFolder('src/content');

function brought(entries: Record<string, string> = {}) {
	const store = memoryStore(entries);
	return {
		store,
		own: new OwnTopology({
			store,
			start: startLocalSimulation,
			read: async (text) => importTopology(text)
		})
	};
}

function done(edited: ReturnType<typeof editService>) {
	if ('problem' in edited) throw new Error(edited.problem);
	return edited.topology;
}

describe('a topology of one’s own', () => {
	test('is read, runs, and is there again on the next visit', async () => {
		const { own, store } = brought();
		await own.read(topologyYaml({ ...topology, title: 'Mine' }));
		expect(own.problems).toEqual([]);
		expect(own.running?.topology.title).toBe('Mine');
		own.stop();
		await own.running?.system.tick();
		expect(own.running?.system.latest?.offered).toBeGreaterThan(100);

		const again = new OwnTopology({
			store,
			start: startLocalSimulation,
			read: async (text) => importTopology(text)
		});
		await again.restore();
		expect(again.running?.topology).toEqual(own.running?.topology);
		again.close();
		const after = new OwnTopology({
			store,
			start: startLocalSimulation,
			read: async (text) => importTopology(text)
		});
		await after.restore();
		expect(after.running).toBeUndefined();
		again.stop();
	});

	test.each([
		['', 'There is nothing in it.'],
		['services: 5', /no format that is read/],
		['x'.repeat(1_000_001), /expected at most 1000000/]
	])(
		'what cannot be read is refused, and what ran before runs on: %.20s',
		async (text, sentence) => {
			const { own } = brought();
			own.show(topology);
			await own.read(text);
			expect(own.problems[0]?.message).toMatch(sentence);
			expect(own.running?.topology).toBe(topology);
			own.stop();
		}
	);

	test('a mistake is named with its line', async () => {
		const { own } = brought();
		const text = topologyYaml(topology).replace('kind: gateway', 'kind: getaway');
		await own.read(text);
		const line = text.split('\n').findIndex((each) => each.includes('getaway')) + 1;
		expect(own.problems[0]).toMatchObject({ line, message: expect.stringContaining('getaway') });
	});

	test('of two texts the later one is taken, whichever is read first', async () => {
		const { store } = brought();
		const waiting: (() => void)[] = [];
		const own = new OwnTopology({
			store,
			start: startLocalSimulation,
			read: (text) => new Promise((resolve) => waiting.push(() => resolve(importTopology(text))))
		});
		const first = own.read(topologyYaml({ ...topology, title: 'First' }));
		const second = own.read(topologyYaml({ ...topology, title: 'Second' }));
		for (const answer of waiting.reverse()) answer();
		await Promise.all([first, second]);
		expect(own.running?.topology.title).toBe('Second');
		own.stop();
	});

	test('damage on the device is set aside and said', async () => {
		const { own, store } = brought({ 'fournines:topology': '{' });
		await own.restore();
		expect(own.storeProblem).toMatch(/could not be read/);
		expect(store.getItem('fournines:topology:damaged')).toBe('{');
	});

	test('a change leaves the picture as it is, or near to it where something moves', () => {
		const { own } = brought();
		own.show(topology);
		const before = own.running?.layout;
		own.change(editService(topology, 'api', { replicas: 9 }));
		expect(own.running?.layout).toBe(before);
		own.change(editService(topology, 'monitor', { layer: 'edge' }));
		const moved = topology.services
			.filter(({ id }) => id !== 'monitor')
			.map(({ id }) => {
				const [a, b] = [before?.nodes[id], own.running?.layout?.nodes[id]];
				return Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0));
			});
		const mean = moved.reduce((sum, each) => sum + each, 0) / moved.length;
		expect(mean / (before?.extent ?? 0)).toBeLessThan(0.04);
		own.stop();
	});

	test('a large one is left to be laid out where it is seen', () => {
		const { own } = brought();
		own.show(largeSample(500));
		expect(own.running?.layout).toBeUndefined();
		expect(own.problems).toEqual([]);
		own.stop();
	});
});

describe('setting by hand', () => {
	test.each(serviceKinds)('a service can be made a %s, with what that needs', (kind) => {
		const alone = { ...topology, calls: [], flows: [] };
		const set = done(editService(alone, 'monitor', { kind }));
		expect(set.services.find(({ id }) => id === 'monitor')?.kind).toBe(kind);
	});

	test('numbers that make no sense are refused with the field', () => {
		expect(editService(topology, 'api', { replicas: 0 })).toEqual({
			problem: expect.stringMatching(/services\[2\]\.replicas: 0 will not do/)
		});
	});

	test('a service goes with its calls and its flows', () => {
		const without = done(removeService(topology, 'client'));
		expect(without.flows).toEqual([]);
		expect(without.calls.some(({ from, to }) => from === 'client' || to === 'client')).toBe(false);
	});

	test('a call is added under a name of its own, and taken away', () => {
		const more = done(addCall(topology, 'api', 'cache', 'sync'));
		expect(more.calls.at(-1)).toEqual({
			id: 'api>cache#2',
			from: 'api',
			to: 'cache',
			mode: 'sync'
		});
		expect(done(removeCall(more, 'api>cache#2'))).toEqual(topology);
		const published = done(addCall(topology, 'database', 'kafka', 'async'));
		expect(published.calls.at(-1)).toMatchObject({ topic: 'bookings' });
	});

	test('a call that closes a circle of waiting is refused', () => {
		expect(addCall(topology, 'database', 'gateway', 'sync')).toEqual({
			problem: expect.stringContaining('go round in a circle')
		});
	});
});
