import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	difference,
	settingsOf,
	withChange,
	type Settings
} from '../../../src/lib/incident/settings';
import { changesOf, inputOf, safeLine, worldOf } from '../../../src/lib/incident/round';
import { createSimulation, type Change } from '../../../src/lib/simulation';
import { scenarioOf, scenarios, topology } from './deck-of-the-site';

const original = settingsOf(topology);
const apply = (settings: Settings, changes: readonly Change[]) =>
	changes.reduce((state, change) => withChange(state, change, original), settings);

const service = fc.constantFrom('gateway', 'api', 'booking-engine', 'database');
const call = fc.constantFrom('gateway>api', 'booking-engine>database', 'client>gateway');
const change: fc.Arbitrary<Change> = fc.oneof(
	fc.record({
		verb: fc.constant('scale' as const),
		service,
		replicas: fc.integer({ min: 1, max: 9 })
	}),
	fc.record({
		verb: fc.constant('set-workers' as const),
		service,
		workers: fc.integer({ min: 1, max: 9 })
	}),
	fc.record({
		verb: fc.constant('set-queue' as const),
		service,
		limit: fc.option(fc.integer({ min: 1, max: 99 }))
	}),
	fc.record({
		verb: fc.constant('set-admission' as const),
		service,
		admission: fc.option(fc.record({ concurrency: fc.integer({ min: 1, max: 50 }) }))
	}),
	fc.record({
		verb: fc.constant('drain-replica' as const),
		service,
		replica: fc.constantFrom(0, 1)
	}),
	fc.record({
		verb: fc.constant('override-replica' as const),
		service,
		override: fc.record({ replica: fc.constantFrom(0, 1), slowdown: fc.constantFrom(2, 3) })
	}),
	fc.record({
		verb: fc.constant('set-call' as const),
		call,
		set: fc.record({
			timeoutMs: fc.option(fc.integer({ min: 1, max: 900 })),
			lossRatio: fc.constantFrom(0, 0.1)
		})
	}),
	fc.record({ verb: fc.constant('open-breaker' as const), call }),
	fc.record({ verb: fc.constant('roll-back' as const), service }),
	fc.record({ verb: fc.constant('roll-back-call' as const), call })
);

describe('taking back', () => {
	it('leaves no difference, whatever was changed on top of whatever', () => {
		fc.assert(
			fc.property(
				fc.array(change, { maxLength: 6 }),
				fc.array(change, { maxLength: 6 }),
				(first, then) => {
					const before = apply(original, first);
					const after = apply(before, then);
					const back = apply(after, difference(after, before));
					expect(difference(back, before)).toEqual([]);
				}
			)
		);
	});

	it('has nothing to do for what only passes', () => {
		const after = apply(original, [
			{ verb: 'flush-cache', service: 'cache' },
			{ verb: 'purge-queue', service: 'gateway' },
			{ verb: 'burst', flow: 'read', factor: 2, seconds: 5 }
		]);
		expect(difference(after, original)).toEqual([]);
	});

	it('keeps the settings of the safe steps before it', () => {
		const scenario = scenarioOf(2);
		const [verify, mitigate] = safeLine(scenario);
		const wrong = scenario.steps[2]?.actions.find(({ id }) => id === 'lift-cap');
		if (!verify || !mitigate || !wrong) throw new Error('scenario 2 has changed');
		const moves = [verify, mitigate, { step: 2, action: wrong.id }];
		expect(changesOf(topology, scenario, moves).at(-1)?.revert).toEqual([
			{ verb: 'set-admission', service: 'booking-engine', admission: { concurrency: 12 } }
		]);
	});

	it('is something that the simulator accepts, for every wrong action of every scenario', () => {
		for (const scenario of scenarios) {
			const line = safeLine(scenario);
			scenario.steps.forEach((step, index) => {
				for (const { id, verdict } of step.actions) {
					if (verdict === 'safe') continue;
					const moves = [...line.slice(0, index), { step: index, action: id }];
					const simulation = createSimulation(inputOf(topology, scenario, 1));
					const all = changesOf(topology, scenario, moves);
					for (const { apply: forth, revert } of all)
						for (const each of [...forth, ...revert])
							expect(() => simulation.apply(each), `${scenario.slug}/${id}`).not.toThrow();
				}
			});
		}
	});
});

describe('the world of a scenario', () => {
	it('has the setup in it, so that rolling back does not undo it', () => {
		const scenario = scenarioOf(41);
		const world = worldOf(topology, scenario);
		const rolledBack = withChange(
			withChange(world, { verb: 'set-workers', service: 'booking-engine', workers: 2 }, world),
			{ verb: 'roll-back', service: 'booking-engine' },
			world
		);
		const engine = rolledBack.services.find(({ id }) => id === 'booking-engine');
		expect(engine?.workers).toBe(64);
	});
});
