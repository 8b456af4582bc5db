import { beforeAll, describe, expect, test } from 'vitest';
import type { Report, SimulationInput } from '../../../src/lib/simulation';
import { bundledSimulator } from '../../helpers/bundled-simulator';
import {
	boundedQueue,
	erlangB,
	erlangC,
	interval,
	replications,
	responsePercentile
} from '../../helpers/intervals';
import {
	arrivals,
	call,
	client,
	delay,
	failed,
	meanResponse,
	station,
	total
} from '../../helpers/stations';

/**
 * The simulator against queueing theory: 99 % confidence intervals from independent replications contain the exact
 * value and are at most 2 % wide (5 % where utilisation is 0.9 or more, and for service times with a heavy tail). Times are
 * up to a thousand times shorter than a person would choose, so that one simulated second holds as many requests as a
 * thousand.
 *
 * Of the formulas F1 to F22 that the model was designed for, some have no counterpart in it: F6 (callers whose patience
 * is exponential: here a wait for a connection has a fixed limit), F7 (closed networks: here arrivals do not depend on
 * answers), F15 (the mean of best-of-d: balancing here sees all replicas), F18 (the arithmetic of error budgets) and F21 (a quota that
 * depends on how many threads run: here a stall is a share of time). F1 is a property of every run: properties.test.ts.
 */

/** How much faster than a person would choose: rates are at most 100 000 per second. */
const speedOf = (rate: number) => Math.min(1000, Math.floor(90_000 / rate));
let simulator: typeof import('../../../src/lib/simulation');
beforeAll(async () => {
	simulator = await bundledSimulator();
});

/** One run for each seed, after a second to fill up. */
function replicate(input: Omit<SimulationInput, 'seed'>, seconds: number): Report[][] {
	return Array.from({ length: replications }, (_, seed) => {
		const simulation = simulator.createSimulation({ ...input, seed: seed + 1 });
		simulation.advance(1);
		return simulation.advance(seconds);
	});
}

/** A queue of one service; rate per second and mean in ms as a person would choose them. */
function queue(
	rate: number,
	servers: number,
	meanMs: number,
	settings: { variation?: number; places?: number } = {}
): Omit<SimulationInput, 'seed'> {
	const { variation = 1, places } = settings;
	const faster = speedOf(rate);
	return {
		topology: {
			services: [
				station('station', {
					workers: servers,
					serviceTime: { meanMs: meanMs / faster, variation },
					...(places === undefined ? {} : { queueLimit: places - servers })
				})
			],
			calls: []
		},
		workload: { flows: [arrivals('station', rate * faster)] }
	};
}

/** Holds the exact value, and is not too wide. `error`: what the percentiles' buckets may add, relative. */
function holds(values: number[], exact: number, width: number, error = 0) {
	const { mean, half } = interval(values);
	expect(2 * half, `width around ${mean}, exact ${exact}`).toBeLessThanOrEqual(width * exact);
	expect(Math.abs(mean - exact), `${mean} for ${exact}`).toBeLessThanOrEqual(half + error * exact);
}

const share = (reports: Report[]) =>
	total(reports, failed) / total(reports, ({ offered }) => offered);
const meanOf = (reports: Report[], figure: (report: Report) => number) =>
	total(reports, figure) / reports.length;
const bucketError = 0.008;

describe('queues that wait', () => {
	test.each([
		[1, 80, 10, 50, 30],
		[1, 50, 10, 20, 8],
		[8, 365, 17.534246575342465, 22.55, 20],
		[5, 35, 100, 125.189, 20],
		[10, 70, 100, 107.391, 12]
	])(
		'F3: M/M/%d at %d/s and %f ms answers in %f ms on average',
		(servers, rate, meanMs, tabled, seconds) => {
			const faster = speedOf(rate);
			const serviceRate = 1000 / meanMs;
			const wait = erlangC(servers, rate / serviceRate);
			const exact = 1000 * (1 / serviceRate + wait / (servers * serviceRate - rate));
			expect(exact).toBeCloseTo(tabled, 2);
			const runs = replicate(queue(rate, servers, meanMs), seconds);
			holds(
				runs.map((reports) => meanResponse(reports) * faster),
				exact,
				0.02
			);
			for (const [figure, of] of [
				['p50Ms', 0.5],
				['p95Ms', 0.95],
				['p99Ms', 0.99]
			] as const)
				holds(
					runs.map((reports) => meanOf(reports, (report) => report[figure]) * faster),
					1000 * responsePercentile(of, rate, serviceRate, servers),
					0.02,
					bucketError
				);
		}
	);

	test('F3: M/M/1 at 80/s has the percentiles 34.657, 149.787 and 230.259 ms, and 4 inside', () => {
		for (const [of, exact] of [
			[0.5, 34.657],
			[0.95, 149.787],
			[0.99, 230.259]
		] as const)
			expect(1000 * responsePercentile(of, 80, 100, 1)).toBeCloseTo(exact, 2);
		const inside = replicate(queue(80, 1, 10), 20).map((reports) =>
			meanOf(reports, ({ services }) => services['station']?.inFlight ?? 0)
		);
		holds(inside, 4, 0.03);
	});

	test.each([
		[0, 30],
		[Math.sqrt(Math.E - 1), 64.366],
		[2, 110]
	])('F5: M/G/1 at 80/s, 10 ms and cv %f answers in %f ms (Pollaczek-Khinchine)', (cv, tabled) => {
		const exact = 10 + (80 * 0.01 ** 2 * (1 + cv * cv) * 1000) / (2 * (1 - 0.8));
		expect(exact).toBeCloseTo(tabled, 2);
		// The heavier the tail, the longer it takes to see it.
		const seconds = cv === 0 ? 8 : cv === 2 ? 45 : 20;
		const faster = speedOf(80);
		const runs = replicate(queue(80, 1, 10, { variation: cv }), seconds);
		holds(
			runs.map((reports) => meanResponse(reports) * faster),
			exact,
			cv === 0 ? 0.02 : 0.05
		);
	});

	test('two queues in a row, 80/s at 100/s and 120/s, answer in 75 ms (Burke, Jackson)', () => {
		const faster = speedOf(80);
		const runs = replicate(
			{
				topology: {
					// Each hands on and forgets: an asynchronous call holds nobody.
					services: [
						station('first', { serviceTime: { meanMs: 10 / faster, variation: 1 } }),
						station('second', { serviceTime: { meanMs: 1000 / 120 / faster, variation: 1 } })
					],
					calls: [call('first', 'second', { mode: 'async' })]
				},
				workload: { flows: [arrivals('first', 80 * faster)] }
			},
			10
		);
		const mean = (reports: Report[], id: string) =>
			total(
				reports,
				({ services }) => (services[id]?.meanMs ?? 0) * (services[id]?.completed ?? 0)
			) / total(reports, ({ services }) => services[id]?.completed ?? 0);
		holds(
			runs.map((reports) => (mean(reports, 'first') + mean(reports, 'second')) * faster),
			75,
			0.02
		);
	});
});

describe('queues that refuse', () => {
	test.each([
		[1, 1, 0.5],
		[5, 3, 0.110054],
		[8, 6.4, 0.144394],
		[10, 10, 0.214582]
	])('F3: M/M/c/c with %d servers at %f erlang refuses %f', (servers, load, tabled) => {
		const exact = erlangB(servers, load);
		expect(exact).toBeCloseTo(tabled, 6);
		const runs = replicate(queue(load * 100, servers, 10, { places: servers }), 4);
		holds(runs.map(share), exact, 0.02);
	});

	test.each([
		[90, 100, 1, 10, 0.050814],
		[80, 100, 1, 10, 0.023493],
		[120, 100, 1, 10, 0.192586],
		[60, 10, 5, 20, 0.172692]
	])('F3: at %d/s, %d/s a server, %d servers and %d places, %f are refused', (...row) => {
		const [rate, serviceRate, servers, places, tabled] = row;
		const { blocked, inside } = boundedQueue(rate, serviceRate, servers, places);
		expect(blocked).toBeCloseTo(tabled, 6);
		const runs = replicate(queue(rate, servers, 1000 / serviceRate, { places }), 10);
		holds(runs.map(share), blocked, rate / serviceRate / servers >= 0.9 ? 0.02 : 0.05);
		holds(
			runs.map((reports) => meanOf(reports, ({ services }) => services['station']?.inFlight ?? 0)),
			inside,
			0.02
		);
	});

	test('F4: 468 rps on forty workers that can do 365, with 193 places: 519 ms, 22 %, 365 rps', () => {
		const faster = speedOf(467.95);
		const runs = replicate(queue(467.95, 40, 40_000 / 365, { places: 193 }), 12);
		holds(runs.map(share), 0.22, 0.02);
		holds(
			runs.map((reports) => meanResponse(reports) * faster),
			519.05,
			0.02
		);
		holds(
			runs.map((reports) => meanOf(reports, ({ throughput }) => throughput) / faster),
			365,
			0.02
		);
	});

	test('F2: twenty connections held for 75 ms let 266.7 calls a second through', () => {
		const faster = speedOf(600);
		const runs = replicate(
			{
				topology: {
					services: [delay('front', 0), delay('back', 75 / faster)],
					calls: [call('front', 'back', { pool: { size: 20, waitMs: 5 } })]
				},
				workload: { flows: [arrivals('front', 600 * faster)] }
			},
			2
		);
		holds(
			runs.map((reports) => meanOf(reports, ({ throughput }) => throughput) / faster),
			20 / 0.075,
			0.02
		);
	});
});

describe('retries', () => {
	const attempts = (ratio: number, limit: number) =>
		replicate(
			{
				topology: {
					services: [client, delay('a', 0, { failureRatio: ratio })],
					calls: [call('client', 'a', { retries: { attempts: limit, backoffMs: 0.01, jitter: 0 } })]
				},
				workload: { flows: [arrivals('client', 20_000)] }
			},
			2
		).map(
			(reports) =>
				total(reports, ({ calls }) => calls['client>a']?.attempts ?? 0) /
				total(reports, ({ offered }) => offered)
		);

	test.each([
		[0.1, 2, 1.1],
		[0.22, 3, 1.2684],
		[0.22, 4, 1.279048],
		[0.5, 4, 1.875],
		[0.9, 3, 2.71],
		[0.9, 4, 3.439]
	])(
		'F8, F9: failures of %f and up to %d attempts make %f of each request',
		(ratio, limit, tabled) => {
			const exact = (1 - ratio ** limit) / (1 - ratio);
			expect(exact).toBeCloseTo(tabled, 6);
			holds(attempts(ratio, limit), exact, 0.02);
		}
	);

	test.each([
		[4, 3, 64],
		[3, 3, 27],
		[2, 4, 16],
		[3, 5, 243]
	])('F9: %d attempts at each of %d layers call the deepest %d times', (limit, depth, exact) => {
		const ids = Array.from({ length: depth + 1 }, (_, index) => `layer-${index}`);
		const simulation = simulator.createSimulation({
			topology: {
				services: ids.map((id, index) => delay(id, 0, index === depth ? { failureRatio: 1 } : {})),
				calls: ids
					.slice(1)
					.map((to, index) =>
						call(ids[index] ?? '', to, { retries: { attempts: limit, backoffMs: 0 } })
					)
			},
			workload: { flows: [arrivals('layer-0', 10, { arrivals: 'regular' })] },
			seed: 1
		});
		const reports = simulation.advance(5);
		const calls = total(reports, ({ services }) => services[`layer-${depth}`]?.arrived ?? 0);
		expect(calls).toBe(exact * total(reports, ({ offered }) => offered));
	});
});

describe('what outlasts its trigger', () => {
	/** F10: one server of 10 ms at 80/s, callers who wait half a second and ask four times at once. */
	const stormy = (seed: number, stallSeconds: number, cure: object = {}, queueLimit?: number) => {
		const simulation = simulator.createSimulation({
			topology: {
				services: [client, station('a', queueLimit === undefined ? {} : { queueLimit })],
				calls: [
					call('client', 'a', {
						timeoutMs: 500,
						retries: { attempts: 4, backoffMs: 0, ...cure }
					})
				]
			},
			workload: { flows: [arrivals('client', 80)] },
			seed
		});
		simulation.advance(20);
		simulation.apply({ verb: 'pause', service: 'a', seconds: stallSeconds });
		return simulation.advance(60).slice(-20);
	};
	const seeds = Array.from({ length: 10 }, (_, seed) => seed + 1);
	const goodput = (reports: Report[]) => meanOf(reports, ({ throughput }) => throughput);

	test('F10: a stall of a second leaves nothing answered in time, long after it is over', () => {
		for (const seed of seeds) expect(goodput(stormy(seed, 1))).toBeLessThan(8);
		const attempts = meanOf(stormy(1, 1), ({ calls }) => calls['client>a']?.attempts ?? 0);
		expect(attempts).toBeGreaterThan(290);
	});

	test('F10: the same stall passes where retries have a budget, or the queue is shorter than patience', () => {
		for (const seed of seeds) {
			expect(goodput(stormy(seed, 2, { budget: 0.1 }))).toBeGreaterThan(74);
			expect(goodput(stormy(seed, 2, {}, 40))).toBeGreaterThan(74);
		}
	});

	/** F11: 120/s at a server of 100/s, and callers who wait a second. */
	const overloaded = (discipline: 'fifo' | 'adaptive-lifo', queueLimit: number) =>
		simulator
			.createSimulation({
				topology: {
					services: [client, station('a', { queueLimit, queueDiscipline: discipline })],
					calls: [call('client', 'a', { timeoutMs: 1000 })]
				},
				workload: { flows: [arrivals('client', 120)] },
				seed: 1
			})
			.advance(60);

	test('F11: first come first served is late for everybody once t = 5 s have passed; the newest first is not', () => {
		expect(goodput(overloaded('fifo', 100_000).slice(-30))).toBeLessThan(1);
		expect(goodput(overloaded('adaptive-lifo', 60).slice(-30))).toBeGreaterThan(90);
		expect(goodput(overloaded('fifo', 50).slice(-30))).toBeGreaterThan(95);
	});

	test('F22: two seconds of standstill at 80/s leave 160 waiting, which take eight seconds to drain', () => {
		const runs = Array.from({ length: replications }, (_, seed) => {
			const simulation = simulator.createSimulation({
				topology: {
					services: [station('a', { serviceTime: { meanMs: 10, variation: 0 } })],
					calls: []
				},
				workload: { flows: [arrivals('a', 80)] },
				seed: seed + 1
			});
			simulation.advance(10);
			simulation.apply({ verb: 'pause', service: 'a', seconds: 2 });
			return simulation.advance(14);
		});
		holds(
			runs.map((reports) => reports[1]?.inFlight ?? 0),
			160,
			0.12,
			0.03
		);
		// Ten seconds after it began nothing is left but the queue that is always there.
		const left = interval(runs.map((reports) => reports[12]?.inFlight ?? 0));
		expect(left.mean - left.half).toBeLessThan(10);
	});
});

describe('streams and caches', () => {
	test('F12: 1000 in and 800 out leave 200 more every second, and five consumers of four partitions are four', () => {
		const lag = (partitions: number, workers: number) => {
			const reports = simulator
				.createSimulation({
					topology: {
						services: [
							delay('in', 0),
							delay('broker', 0, { kind: 'broker', topics: { t: { partitions } } }),
							station('out', { kind: 'worker', workers, serviceTime: { meanMs: 5, variation: 0 } })
						],
						calls: [
							call('in', 'broker', { mode: 'async', topic: 't' }),
							call('broker', 'out', { mode: 'async', topic: 't', group: 'g' })
						]
					},
					workload: { flows: [arrivals('in', 1000, { arrivals: 'regular' })] },
					seed: 1
				})
				.advance(60);
			const at = (second: number) => reports[second]?.services['broker'];
			expect((at(59)?.lag ?? 0) / 60).toBeCloseTo(200, 0);
			// Seconds late: the oldest was published when 800 of each 1000 had been dealt with.
			expect(at(59)?.ageSeconds).toBeCloseTo(12, 0);
		};
		lag(8, 4);
		lag(4, 5);
	});

	const cached = (cache: object, rate: number, seconds: number) => {
		const simulation = simulator.createSimulation({
			topology: {
				services: [
					delay('cache', 0, {
						kind: 'cache',
						cache: {
							keys: 1000,
							skew: 0,
							capacity: 1000,
							ttlSeconds: 0,
							coalesce: false,
							warm: 0,
							...cache
						}
					}),
					delay('store', 0)
				],
				calls: [call('cache', 'store', { onMiss: true })]
			},
			workload: { flows: [arrivals('cache', rate)] },
			seed: 1
		});
		simulation.advance(60);
		const reports = simulation.advance(seconds);
		return (
			1 -
			total(reports, ({ services }) => services['store']?.arrived ?? 0) /
				total(reports, ({ offered }) => offered)
		);
	};

	test('F13: a key asked for every two seconds and kept for ten is found 0.8333 of the time', () => {
		expect(cached({ ttlSeconds: 10 }, 500, 600)).toBeCloseTo(0.833333, 2);
	});

	test.each([
		[1000, 100, 0.8, 0.37779],
		[1000, 100, 1, 0.57652],
		[10_000, 500, 0.9, 0.45538]
	])('F13: of %d keys, %d kept and skew %f are found %f (Che)', (keys, capacity, skew, che) => {
		expect(cached({ keys, capacity, skew }, 20_000, 40)).toBeCloseTo(che, 2);
	});

	test('F13: a hot key that expires sends the misses of one recomputation: 500/s for 0.2 s, or one', () => {
		const misses = (coalesce: boolean) =>
			Array.from({ length: replications }, (_, seed) => {
				const simulation = simulator.createSimulation({
					topology: {
						services: [
							delay('cache', 0, {
								kind: 'cache',
								cache: { keys: 1, skew: 0, capacity: 1, ttlSeconds: 0, coalesce, warm: 1 }
							}),
							delay('store', 200)
						],
						calls: [call('cache', 'store', { onMiss: true })]
					},
					workload: { flows: [arrivals('cache', 500)] },
					seed: seed + 1
				});
				simulation.advance(2);
				simulation.apply({ verb: 'flush-cache', service: 'cache' });
				return total(simulation.advance(3), ({ services }) => services['store']?.arrived ?? 0);
			});
		// The first one begins it; those of the next 0.2 s are Poisson.
		holds(misses(false), 101, 0.15);
		expect(misses(true)).toEqual(Array.from({ length: replications }, () => 1));
	});
});

describe('fleets', () => {
	test.each([
		[10, 6.135],
		[20, 7.38],
		[40, 6.59]
	])(
		'F14: %d at work with contention 0.05 and coherency 0.002 do %f times the work of one',
		(n, tabled) => {
			const exact = n / (1 + 0.05 * (n - 1) + 0.002 * n * (n - 1));
			expect(exact).toBeCloseTo(tabled, 3);
			const throughput = (workers: number) =>
				replicate(
					{
						topology: {
							services: [
								station('a', {
									workers,
									serviceTime: { meanMs: 1, variation: 1 },
									contention: 0.05,
									coherency: 0.002,
									queueLimit: 200
								})
							],
							calls: []
						},
						workload: { flows: [arrivals('a', 12_000)] }
					},
					6
				).map((reports) => meanOf(reports, (report) => report.throughput));
			const one = interval(throughput(1)).mean;
			holds(
				throughput(n).map((each) => each / one),
				exact,
				0.02,
				0.005
			);
		}
	);

	test('F15: of eight replicas one that fails at once costs an eighth in turn, and nearly all by least busy', () => {
		const failing = (balancing: 'round-robin' | 'least-busy') =>
			share(
				simulator
					.createSimulation({
						topology: {
							services: [
								station('a', {
									replicas: 8,
									workers: 4,
									serviceTime: { meanMs: 100, variation: 1 },
									queueLimit: 100,
									balancing,
									replicaOverrides: [{ replica: 3, failureRatio: 1, failureMs: 1 }]
								})
							],
							calls: []
						},
						workload: { flows: [arrivals('a', 200)] },
						seed: 1
					})
					.advance(120)
			);
		expect(failing('round-robin')).toBeCloseTo(1 / 8, 2);
		expect(failing('least-busy')).toBeGreaterThan(0.5);
	});

	test.each([
		[10, 0.01, 0.095618],
		[100, 0.01, 0.633968]
	])('F16, F17: a fan-out to %d that each fail with %f fails with %f', (n, ratio, tabled) => {
		const exact = 1 - (1 - ratio) ** n;
		expect(exact).toBeCloseTo(tabled, 6);
		const leaves = Array.from({ length: n }, (_, index) => `leaf-${index}`);
		const runs = replicate(
			{
				topology: {
					services: [
						delay('root', 0),
						...leaves.map((id) => delay(id, 0.1, { failureRatio: ratio }))
					],
					calls: leaves.map((id) => call('root', id, { order: 1 }))
				},
				workload: { flows: [arrivals('root', n === 10 ? 10_000 : 2000)] }
			},
			n === 10 ? 4 : 2
		);
		holds(runs.map(share), exact, 0.02);
	});

	test('F19: ten replicas at 0.9 with a target of 0.6 become fifteen, and at 0.3 five', () => {
		const settled = (utilisation: number) => {
			const simulation = simulator.createSimulation({
				topology: {
					services: [
						station('a', {
							replicas: 10,
							workers: 10,
							serviceTime: { meanMs: 100, variation: 0 },
							autoscaling: {
								metric: 'utilisation',
								target: 0.6,
								minimum: 1,
								maximum: 50,
								everySeconds: 15,
								scaleInAfterSeconds: 15
							}
						})
					],
					calls: []
				},
				workload: { flows: [arrivals('a', utilisation * 1000, { arrivals: 'regular' })] },
				seed: 1
			});
			return simulation.advance(60).at(-1)?.services['a']?.replicas;
		};
		expect(settled(0.9)).toBe(15);
		expect(settled(0.3)).toBe(5);
	});

	test('F20: with two of ten replicas gone at 0.85, the others are over their limit, and with one not', () => {
		const busy = (gone: number) => {
			const simulation = simulator.createSimulation({
				topology: {
					services: [station('a', { replicas: 10, workers: 10, queueLimit: 50 })],
					calls: []
				},
				workload: { flows: [arrivals('a', 8500)] },
				seed: 1
			});
			for (let replica = 0; replica < gone; replica++)
				simulation.apply({ verb: 'drain-replica', service: 'a', replica });
			const reports = simulation.advance(30).slice(10);
			return {
				utilisation: meanOf(reports, ({ services }) => services['a']?.utilisation ?? 0),
				errors: share(reports)
			};
		};
		expect(busy(1).utilisation).toBeCloseTo((0.85 * 10) / 9, 2);
		expect(busy(2).errors).toBeCloseTo(1 - 1 / 1.0625, 2);
	});
});
