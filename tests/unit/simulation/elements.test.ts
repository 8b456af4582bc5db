import { describe, expect, test } from 'vitest';
import {
	createSimulation,
	SimulationError,
	type Call,
	type Flow,
	type Service
} from '../../../src/lib/simulation';
import {
	arrivals,
	failed,
	meanResponse,
	singleStation,
	station,
	delay,
	sum
} from '../../helpers/stations';

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

describe('queues', () => {
	test('M/M/1/10 at utilisation 0.9 refuses 5.0814 % of what arrives', () => {
		const reports = createSimulation(singleStation(90, { queueLimit: 9 })).advance(6000);
		const blocked = sum(reports, failed) / sum(reports, ({ offered }) => offered);
		expect(Math.abs(blocked - 0.050814)).toBeLessThan(0.0025);
	});

	test('two stations in a row at 80/s, 100/s and 120/s answer in 75 ms', () => {
		const back = station('back', { serviceTime: { meanMs: 1000 / 120, variation: 1 } });
		// The client calls one after the other and holds no worker of theirs: two queues in tandem.
		const queue = station('queue');
		const reports = simulate(
			[client, queue, back],
			[call('client', 'queue', { order: 1 }), call('client', 'back', { order: 2 })],
			[arrivals('client', 80)]
		).advance(6000);
		expect(meanResponse(reports)).toBeGreaterThan(75 * 0.97);
		expect(meanResponse(reports)).toBeLessThan(75 * 1.03);
	});

	test('a deterministic server halves the wait of an exponential one', () => {
		const reports = createSimulation(
			singleStation(80, { serviceTime: { meanMs: 10, variation: 0 } })
		).advance(4000);
		expect(Math.abs(meanResponse(reports) - 30)).toBeLessThan(1);
	});
});

describe('calls', () => {
	test('every call failing with four attempts on three layers makes 64 times the calls at the deepest', () => {
		const retries = { attempts: 4, backoffMs: 0 };
		const reports = simulate(
			[
				client,
				station('a', { workers: 0 }),
				station('b', { workers: 0 }),
				station('c', { workers: 0, failureRatio: 1 })
			],
			[call('client', 'a', { retries }), call('a', 'b', { retries }), call('b', 'c', { retries })],
			[arrivals('client', 5, { arrivals: 'regular' })]
		).advance(60);
		const ended = sum(reports, failed);
		const deepest = sum(reports, ({ calls }) => calls['b>c']?.attempts ?? 0);
		expect(deepest / ended).toBeGreaterThan(63);
		expect(deepest / ended).toBeLessThan(66);
	});

	test('independent failure of a half and four attempts cost 1.875 attempts a request', () => {
		const reports = simulate(
			[client, station('a', { workers: 0, failureRatio: 0.5 })],
			[call('client', 'a', { retries: { attempts: 4, backoffMs: 0 } })],
			[arrivals('client', 100)]
		).advance(500);
		const attempts = sum(reports, ({ calls }) => calls['client>a']?.attempts ?? 0);
		expect(attempts / sum(reports, ({ offered }) => offered)).toBeCloseTo(1.875, 1);
	});

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
		expect(sum(reports, ({ completed }) => completed)).toBe(0);
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
		const tried = sum(reports, ({ services }) => services['a']?.arrived ?? 0);
		expect(tried).toBe(20);
		expect(reports.at(-1)?.calls['client>a']?.breaker).toBe('open');
		simulation.apply({ verb: 'set-failure-ratio', service: 'a', ratio: 0 });
		expect(simulation.advance(5).at(-1)?.calls['client>a']?.breaker).toBe('closed');
	});
});

describe('caches and brokers', () => {
	const store = station('store', { workers: 0, serviceTime: { meanMs: 200, variation: 0 } });
	const cached = (coalesce: boolean): Service =>
		station('cache', {
			kind: 'cache',
			workers: 0,
			serviceTime: { meanMs: 0, variation: 0 },
			cache: { keys: 1, skew: 0, capacity: 1, ttlSeconds: 10, coalesce, warm: 0 }
		});
	const misses = (coalesce: boolean) =>
		sum(
			simulate(
				[cached(coalesce), store],
				[call('cache', 'store', { onMiss: true })],
				[arrivals('cache', 500)]
			).advance(9),
			({ services }) => services['store']?.arrived ?? 0
		);

	test('a hot key that expires sends what arrives during one load, and one when coalesced', () => {
		expect(misses(true)).toBe(1);
		expect(misses(false)).toBeGreaterThan(70); // 500/s for 0.2 s is 100, give or take 3 sigma
		expect(misses(false)).toBeLessThan(130);
	});

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

	test('lag grows by arrivals minus what the partitions can be served', () => {
		const reports = simulate([client, broker, consumer], stream, [
			arrivals('client', 500, { arrivals: 'regular' })
		]).advance(60);
		expect(reports.at(-1)?.services['broker']?.lag).toBeGreaterThan(100 * 60 * 0.95);
		expect(reports.at(-1)?.services['broker']?.lag).toBeLessThan(100 * 60 * 1.05);
	});

	test('consumers beyond the partitions take no work', () => {
		const lagWith = (replicas: number) =>
			simulate([client, broker, { ...consumer, replicas }], stream, [
				arrivals('client', 500, { arrivals: 'regular' })
			])
				.advance(30)
				.at(-1)?.services['broker']?.lag;
		expect(lagWith(16)).toBe(lagWith(4));
	});

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
	expect(sum(simulation.advance(60).slice(30), ({ completed }) => completed)).toBeGreaterThan(
		30 * 70
	);
	simulation.apply({ verb: 'pause', service: 'server', seconds: 2 });
	expect(sum(simulation.advance(90).slice(30), ({ completed }) => completed)).toBeLessThan(60);
	simulation.apply({ verb: 'set-call', call: 'client>server', set: { retries: null } });
	simulation.apply({ verb: 'purge-queue', service: 'server' });
	expect(sum(simulation.advance(60).slice(30), ({ completed }) => completed)).toBeGreaterThan(
		30 * 70
	);
});

test('the same input gives the same run, and another seed another one', () => {
	const run = (seed: number) => createSimulation(singleStation(80, {}, seed)).advance(20);
	expect(run(5)).toEqual(run(5));
	expect(run(5)).not.toEqual(run(6));
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
