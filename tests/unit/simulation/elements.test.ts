import { describe, expect, test } from 'vitest';
import {
	createSimulation,
	SimulationError,
	type Call,
	type Flow,
	type Service
} from '../../../src/lib/simulation';
import { arrivals, failed, meanResponse, station, delay, total } from '../../helpers/stations';

function simulate(services: Service[], calls: Call[], flows: Flow[], seed = 1) {
	return createSimulation({ topology: { services, calls }, workload: { flows }, seed });
}

function call(from: string, to: string, settings: Partial<Call> = {}): Call {
	return { id: `${from}>${to}`, from, to, mode: 'sync', ...settings };
}

const client = station('client', {
	kind: 'client',
	workers: 0,
	serviceTime: { meanMs: 0, variation: 0 }
});

describe('calls', () => {
	test('a retry budget caps the extra calls at its ratio', () => {
		const reports = simulate(
			[client, delay('a', 0, { failureRatio: 1 })],
			[call('client', 'a', { retries: { attempts: 4, backoffMs: 0, budget: 0.1 } })],
			[arrivals('client', 100)]
		).advance(300);
		const { attempts, retries } = reports.reduce(
			(total, { calls }) => ({
				attempts: total.attempts + (calls['client>a']?.attempts ?? 0),
				retries: total.retries + (calls['client>a']?.retries ?? 0)
			}),
			{ attempts: 0, retries: 0 }
		);
		expect(retries / (attempts - retries)).toBeLessThan(0.102);
	});

	test('an answer after the time-out is an error, and the callee works on for nobody', () => {
		const slow = station('slow', { workers: 0, serviceTime: { meanMs: 500, variation: 0 } });
		const reports = simulate(
			[client, slow],
			[call('client', 'slow', { timeoutMs: 100 })],
			[arrivals('client', 10)]
		).advance(20);
		expect(total(reports, ({ completed }) => completed)).toBe(0);
		expect(reports.at(-1)?.errors.timeout).toBeGreaterThan(0);
		expect(reports.at(-1)?.services['slow']?.inFlight).toBeGreaterThan(3);
	});

	test('cancellation is passed on: the callee stops with its caller', () => {
		const slow = station('slow', { workers: 0, serviceTime: { meanMs: 500, variation: 0 } });
		const reports = simulate(
			[client, slow],
			[call('client', 'slow', { timeoutMs: 100, cancellation: true })],
			[arrivals('client', 10)]
		).advance(20);
		expect(reports.at(-1)?.services['slow']?.inFlight).toBeLessThan(2);
	});

	test('a synchronous call holds the caller’s worker and one of its connections', () => {
		const front = station('front', {
			workers: 10,
			serviceTime: { meanMs: 0, variation: 0 },
			queueLimit: 1000
		});
		const back = station('back', { workers: 0, serviceTime: { meanMs: 100, variation: 0 } });
		const [last] = simulate(
			[front, back],
			[call('front', 'back', { pool: { size: 2, waitMs: 60_000 } })],
			[arrivals('front', 100)]
		)
			.advance(30)
			.slice(-1);
		expect(last?.completed).toBeGreaterThanOrEqual(19); // two connections of 100 ms each
		expect(last?.completed).toBeLessThanOrEqual(21);
		expect(last?.services['front']?.utilisation).toBe(1);
	});

	test('a breaker opens once its window has failed, and closes after probes that succeed', () => {
		const simulation = simulate(
			[client, delay('a', 0, { failureRatio: 1 })],
			[call('client', 'a', { breaker: { window: 20, threshold: 0.5, openSeconds: 3, probes: 2 } })],
			[arrivals('client', 50)]
		);
		const reports = simulation.advance(2);
		const tried = total(reports, ({ services }) => services['a']?.arrived ?? 0);
		expect(tried).toBe(20);
		expect(reports.at(-1)?.calls['client>a']?.breaker).toBe('open');
		simulation.apply({ verb: 'set-failure-ratio', service: 'a', ratio: 0 });
		expect(simulation.advance(5).at(-1)?.calls['client>a']?.breaker).toBe('closed');
	});
});

describe('brokers', () => {
	const broker = station('broker', {
		kind: 'broker',
		workers: 0,
		serviceTime: { meanMs: 0, variation: 0 },
		topics: { jobs: { partitions: 4 } }
	});
	const consumer = station('consumer', { replicas: 4, serviceTime: { meanMs: 10, variation: 0 } });
	const stream = [
		call('client', 'broker', { topic: 'jobs' }),
		call('broker', 'consumer', { mode: 'async', topic: 'jobs', group: 'workers' })
	];

	test('a poison message blocks its partition until it is parked', () => {
		const simulation = simulate([client, broker, consumer], stream, [
			arrivals('client', 40, { arrivals: 'regular' })
		]);
		simulation.advance(5);
		simulation.apply({ verb: 'publish-poison', broker: 'broker', topic: 'jobs', partition: 0 });
		expect(simulation.advance(30).at(-1)?.services['broker']?.lag).toBeGreaterThan(250);
		simulation.apply({ verb: 'park-poison', broker: 'broker', topic: 'jobs' });
		expect(simulation.advance(30).at(-1)?.services['broker']?.lag).toBeLessThan(10);
	});
});

test('a retry storm outlasts its trigger, and ends when attempts are cut and the queue is purged', () => {
	const simulation = simulate(
		[client, station('server', { queueLimit: 5000 })],
		[call('client', 'server', { timeoutMs: 500, retries: { attempts: 4, backoffMs: 0 } })],
		[arrivals('client', 80)]
	);
	expect(total(simulation.advance(60).slice(30), ({ completed }) => completed)).toBeGreaterThan(
		30 * 70
	);
	simulation.apply({ verb: 'pause', service: 'server', seconds: 2 });
	expect(total(simulation.advance(90).slice(30), ({ completed }) => completed)).toBeLessThan(60);
	simulation.apply({ verb: 'set-call', call: 'client>server', set: { retries: null } });
	simulation.apply({ verb: 'purge-queue', service: 'server' });
	expect(total(simulation.advance(60).slice(30), ({ completed }) => completed)).toBeGreaterThan(
		30 * 70
	);
});

test.each([
	[
		'an unknown service',
		[station('a')],
		[call('a', 'nowhere')],
		/calls\[0\]\.to: there is no service nowhere/
	],
	[
		'a negative service time',
		[station('a', { serviceTime: { meanMs: -1, variation: 1 } })],
		[],
		/serviceTime\.meanMs: -1 will not do/
	],
	[
		'a circle of synchronous calls',
		[station('a'), station('b')],
		[call('a', 'b'), call('b', 'a')],
		/circle: a > b > a/
	],
	['two services of one name', [station('a'), station('a')], [], /a is there twice/]
])('%s is refused with a sentence', (_name, services, calls, message) => {
	expect(() => simulate(services, calls, [arrivals('a', 1)])).toThrow(SimulationError);
	expect(() => simulate(services, calls, [arrivals('a', 1)])).toThrow(message);
});

describe('what lets requests in', () => {
	test('a token bucket lets in its rate and, once, its burst', () => {
		const reports = simulate(
			[delay('gateway', 0, { admission: { tokenBucket: { rate: 50, burst: 30 } } })],
			[],
			[arrivals('gateway', 200)]
		).advance(20);
		expect(total(reports, ({ completed }) => completed)).toBeCloseTo(50 * 20 + 30, -1);
		expect(reports[0]?.completed).toBeGreaterThan(70);
		expect(reports.at(-1)?.errors.rejected).toBeGreaterThan(120);
	});

	test('a limit on what is inside keeps its share for the high priority', () => {
		const reports = simulate(
			[
				station('gateway', {
					workers: 20,
					serviceTime: { meanMs: 100, variation: 0 },
					admission: { concurrency: 20, lowPriorityShare: 0.5 }
				})
			],
			[],
			[
				arrivals('gateway', 60, { id: 'high', priority: 'high' }),
				arrivals('gateway', 400, { id: 'low', priority: 'low' })
			]
		).advance(60);
		const refused = (id: string) =>
			total(reports, ({ flows }) => flows[id]?.errors ?? 0) /
			total(reports, ({ flows }) => flows[id]?.offered ?? 0);
		expect(refused('high')).toBeLessThan(0.05);
		expect(refused('low')).toBeGreaterThan(0.7);
		expect(Math.max(...reports.map(({ inFlight }) => inFlight))).toBeLessThanOrEqual(20);
	});
});

describe('replicas and calls', () => {
	test('a new replica takes nothing until it has started', () => {
		const simulation = simulate(
			[station('a', { workers: 1, startupSeconds: 5, balancing: 'round-robin' })],
			[],
			[arrivals('a', 20)]
		);
		simulation.advance(2);
		simulation.apply({ verb: 'scale', service: 'a', replicas: 3 });
		const replicas = simulation.advance(8).map(({ services }) => services['a']?.replicas);
		expect(replicas.slice(0, 4)).toEqual([1, 1, 1, 1]);
		expect(replicas.slice(5)).toEqual([3, 3, 3]);
	});

	test('a replica slower than its siblings answers late by turns, and gets less by load', () => {
		const mean = (balancing: 'round-robin' | 'least-busy') => {
			const reports = simulate(
				[
					station('a', {
						replicas: 4,
						workers: 1,
						balancing,
						replicaOverrides: [{ replica: 1, slowdown: 3 }]
					})
				],
				[],
				[arrivals('a', 120)]
			).advance(120);
			return meanResponse(reports);
		};
		expect(mean('least-busy')).toBeLessThan(0.75 * mean('round-robin'));
	});

	test('calls of one order run side by side: the answer takes as long as the slowest', () => {
		const leaves = [10, 25, 40].map((ms) => delay(`leaf-${ms}`, ms));
		const took = (ordered: boolean) =>
			simulate(
				[delay('root', 0), ...leaves],
				leaves.map(({ id }, index) => call('root', id, { order: ordered ? index : 0 })),
				[arrivals('root', 10)]
			)
				.advance(20)
				.at(-1)?.meanMs;
		expect(took(false)).toBeCloseTo(40, 6);
		expect(took(true)).toBeCloseTo(75, 6);
	});

	test('backoff doubles up to its limit, and full jitter takes a uniform share of it', () => {
		const waited = (jitter: number) => {
			const simulation = simulate(
				[client, delay('a', 0, { failureRatio: 1 })],
				[
					call('client', 'a', {
						retries: { attempts: 5, backoffMs: 100, maxBackoffMs: 400, jitter }
					})
				],
				[arrivals('client', 40)]
			);
			simulation.advance(60);
			const starts =
				simulation
					.trace({ kind: 'failed' })
					?.spans.filter(({ call: id }) => id)
					.map(({ startMs }) => startMs) ?? [];
			return starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
		};
		[100, 200, 400, 400].forEach((pause, index) => expect(waited(0)[index]).toBeCloseTo(pause, 6));
		waited(1).forEach((pause, index) =>
			expect(pause).toBeLessThanOrEqual([100, 200, 400, 400][index] ?? 0)
		);
	});

	test('behind a partition nothing is heard until the time-out, and a degraded answer goes without', () => {
		const reports = simulate(
			[delay('page', 5), delay('extra', 5)],
			[call('page', 'extra', { lossRatio: 1, timeoutMs: 80, fallback: 'degraded' })],
			[arrivals('page', 20)]
		).advance(10);
		expect(total(reports, failed)).toBe(0);
		expect(reports.at(-1)?.meanMs).toBeCloseTo(85, 6);
		expect(reports.at(-1)?.calls['page>extra']?.errors).toBeGreaterThan(5);
	});

	test('a rebalance stops the group for as long as it takes, and the lag waits for it', () => {
		const simulation = simulate(
			[
				delay('in', 0),
				delay('broker', 0, { kind: 'broker', topics: { t: { partitions: 4 } } }),
				station('out', { kind: 'worker', workers: 4 })
			],
			[
				call('in', 'broker', { mode: 'async', topic: 't' }),
				call('broker', 'out', { mode: 'async', topic: 't', group: 'g' })
			],
			[arrivals('in', 100, { arrivals: 'regular' })]
		);
		simulation.advance(5);
		simulation.apply({ verb: 'pause-consumers', call: 'broker>out', seconds: 10 });
		const lags = simulation.advance(20).map(({ services }) => services['broker']?.lag ?? 0);
		expect(lags[8]).toBeGreaterThan(880);
		expect(lags.at(-1)).toBeLessThan(20);
	});
});

test('a cache that nobody waits for is looked up all the same', () => {
	const cache = station('cache', {
		kind: 'cache',
		workers: 4,
		cache: { keys: 1000, skew: 1, capacity: 1000, ttlSeconds: 0, coalesce: false, warm: 1 }
	});
	for (const mode of ['sync', 'async'] as const) {
		const reports = simulate(
			[client, cache, delay('store', 5)],
			[call('client', 'cache', { mode }), call('cache', 'store', { onMiss: true })],
			[arrivals('client', 50)]
		).advance(10);
		expect(reports.at(-1)?.services['cache']?.hitRatio).toBe(1);
		expect(total(reports, ({ services }) => services['store']?.arrived ?? 0)).toBe(0);
	}
});
