import { expect, test } from 'vitest';
import { ManualClock } from '../../../src/lib/platform/clock';
import { startLocalSimulation } from '../../../src/lib/platform/local-simulation';
import { RunningSystem } from '../../../src/lib/platform/running-system.svelte';
import { singleStation } from '../../helpers/stations';

function running() {
	const clock = new ManualClock();
	const system = new RunningSystem({
		input: singleStation(50),
		baseline: [],
		start: startLocalSimulation,
		clock
	});
	return { clock, system };
}

test('it moves one simulated second for each real one while it runs', async () => {
	const { system } = running();
	await system.tick();
	await system.tick();
	expect(system.reports.map(({ time }) => time)).toEqual([1, 2]);
});

test('it stands still until it runs, and when it is paused', async () => {
	const { clock, system } = running();
	clock.pass(5000);
	system.run();
	system.pause();
	clock.pass(5000);
	await system.tick();
	expect(system.reports).toHaveLength(1);
});

test('a change is remembered, and undone by a reset', async () => {
	const { system } = running();
	await system.apply({ verb: 'set-failure-ratio', service: 'station', ratio: 1 });
	await system.tick();
	expect(system.changes.map(({ atSeconds }) => atSeconds)).toEqual([0]);
	expect(system.latest?.completed).toBe(0);
	system.reset();
	await system.tick();
	expect(system.changes).toEqual([]);
	expect(system.latest?.completed).toBeGreaterThan(0);
});

test('a change that makes no sense is refused with a sentence', async () => {
	const { system } = running();
	await expect(system.apply({ verb: 'restart', service: 'nowhere' })).rejects.toThrow(
		'There is no service nowhere.'
	);
});

test('a simulation that cannot start leaves the measured figures and says why', async () => {
	const system = new RunningSystem({
		input: singleStation(50),
		baseline: [],
		start: () => {
			throw new Error('The simulation could not be loaded.');
		},
		clock: new ManualClock()
	});
	await system.tick();
	expect(system.problem).toBe('The simulation could not be loaded.');
	expect(system.running).toBe(false);
});

test('another simulation of the same system runs beside it and leaves it alone', async () => {
	const { system } = running();
	const aside = await system.aside([
		{ atSeconds: 1, change: { verb: 'set-failure-ratio', service: 'station', ratio: 1 } }
	]);
	const [first, second] = await aside.advance(2);
	await system.tick();
	expect(first).toEqual(system.latest);
	expect(second?.completed).toBe(0);
	expect(system.time).toBe(1);
});
