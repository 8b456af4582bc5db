import { describe, expect, test } from 'vitest';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { ManualClock } from '../../../src/lib/platform/clock';
import { startLocalSimulation } from '../../../src/lib/platform/local-simulation';
import { RunningSystem } from '../../../src/lib/platform/running-system.svelte';
import { checkChange } from '../../../src/lib/simulation';
import { breakOf, breaksOf, breakVerbs } from '../../../src/lib/topology/breaks';
import { Damage } from '../../../src/lib/topology/damage.svelte';
import { simulationInput } from '../../../src/lib/topology/observe';

const { topology } = loadFolder('src/content');

async function warm(seconds = 20) {
	const system = new RunningSystem({
		input: simulationInput(topology),
		baseline: [],
		start: startLocalSimulation,
		clock: new ManualClock()
	});
	await ticks(system, seconds);
	return { system, damage: Damage.of(system, topology) };
}

async function ticks(system: RunningSystem, count: number) {
	for (let second = 0; second < count; second++) await system.tick();
}

function made(...args: [verb: Parameters<typeof breakOf>[1], subject: string, amount?: number]) {
	const found = breakOf(topology, ...args);
	if (typeof found === 'string') throw new Error(found);
	return found;
}

describe('ways to break', () => {
	test('all that are offered are changes the simulator takes, and so is their undoing', () => {
		const offered = [
			...topology.services.flatMap(({ id }) => breaksOf(topology, id)),
			...['all', ...topology.flows.map(({ id }) => id)].map((id) => made('load', id))
		];
		const refused = offered
			.flatMap(({ changes, revert }) => [...changes, ...revert])
			.flatMap((change) => checkChange(change, topology) ?? []);
		expect(refused).toEqual([]);
		expect(new Set(offered.map(({ verb }) => verb))).toEqual(new Set(breakVerbs));
	});

	test.each([
		['kill', 'nobody', 'there is no service nobody'],
		['kill', 'client', 'Client is not ours to kill'],
		['drop', 'gateway', 'Gateway is no cache'],
		['retries', 'client', 'nobody waits for Client'],
		['pause', 'gateway', 'Gateway takes nothing from a broker']
	] as const)('%s %s is refused with a sentence', (verb, subject, sentence) => {
		expect(breakOf(topology, verb, subject)).toBe(sentence);
	});

	test('a replica dies once, and there is an end to them', () => {
		const kills = [0, 1].map((replica) => ({
			atSeconds: 1,
			change: { verb: 'kill-replica' as const, service: 'booking-engine', replica }
		}));
		expect(made('kill', 'booking-engine').changes).toEqual([kills[0]?.change]);
		const second = breakOf(topology, 'kill', 'booking-engine', undefined, kills.slice(0, 1));
		expect(second).toMatchObject({ changes: [kills[1]?.change] });
		expect(breakOf(topology, 'kill', 'booking-engine', undefined, kills)).toBe(
			'Booking Engine has no replica left'
		);
	});
});

describe('the cascade', () => {
	test('of a slow database reaches those who wait for it within a second, and is told in their order', async () => {
		const { system, damage } = await warm();
		await damage.inflict(made('slow', 'database', 20));
		expect(damage.cascade?.effects[0]?.text).toMatch(/^Database answers in .*, was /);
		await ticks(system, 8);
		const told = damage.cascade?.effects.map(({ service }) => service) ?? [];
		expect(told.slice(0, 3)).toEqual(['database', 'booking-engine', 'gateway']);
		expect(damage.cascade?.effects[1]?.text).toMatch(/connection to Database|fail to Database/);
		expect(damage.cascade?.users).toMatch(/^Users feel it/);
	});

	test('of nothing at all is silence', async () => {
		const { damage } = await warm(3);
		expect(damage.cascade).toBeUndefined();
		expect(await damage.undo()).toEqual([]);
	});
});

describe('undoing', () => {
	test('one action puts everything back, and the system recovers', async () => {
		const { system, damage } = await warm();
		await damage.inflict(made('fail', 'api', 0.5));
		await damage.inflict(made('slow', 'gateway', 2));
		await ticks(system, 5);
		expect(damage.recovery).toBeUndefined();
		expect(await damage.undo('all')).toHaveLength(2);
		await ticks(system, 30);
		expect(damage.applied).toEqual([]);
		expect(damage.recovery).toBe('recovered');
	});

	test('the last of two on one service leaves the first in force', async () => {
		const { system, damage } = await warm();
		await damage.inflict(made('fail', 'api', 1));
		await damage.inflict(made('slow', 'api', 2));
		await damage.undo();
		await ticks(system, 3);
		expect(damage.applied.map(({ verb }) => verb)).toEqual(['fail']);
		expect(system.latest?.services['api']?.completed).toBe(0);
	});

	test('a system that stays down when the cause has gone is called metastable, and was forecast to be', async () => {
		const { system, damage } = await warm();
		await damage.inflict(made('retries', 'gateway'));
		await damage.inflict(made('unbound', 'gateway'));
		await ticks(system, 5);
		expect(damage.cascade?.users).toMatch(/^Users are within/);
		await damage.inflict(made('load', 'all', 2));
		await expect.poll(() => damage.forecast).toMatch(/^Metastable/);
		await ticks(system, 20);
		await damage.undo();
		expect(damage.recovery).toBe('recovering');
		await ticks(system, 25);
		expect(damage.recovery).toBe('metastable');
		expect(damage.applied.map(({ verb }) => verb)).toEqual(['retries', 'unbound']);
		await damage.undo('all');
		await ticks(system, 200);
		expect(damage.recovery).toBe('recovered');
	});

	test('the forecast of a break that heals says how soon', async () => {
		const { damage } = await warm();
		await damage.inflict(made('load', 'all', 2));
		await expect.poll(() => damage.forecast).toMatch(/back within \d+ s/);
	});

	test('a restart forgets all of it', async () => {
		const { system, damage } = await warm();
		await damage.inflict(made('load', 'all', 3));
		damage.restart();
		expect([damage.applied, damage.cascade, system.changes]).toEqual([[], undefined, []]);
	});
});
