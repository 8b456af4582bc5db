import { describe, expect, test } from 'vitest';
import {
	checkChange,
	SimulationError,
	type CallSettings,
	type Change,
	type Topology
} from '../../../src/lib/simulation';
import {
	arrivals,
	call,
	client,
	delay,
	meanResponse,
	simulate,
	station,
	total
} from '../../helpers/stations';

const broker = (partitions: number) =>
	delay('broker', 0, { kind: 'broker', topics: { jobs: { partitions } } });
const cache = (keys: number) =>
	delay('cache', 0, {
		kind: 'cache',
		cache: { keys, skew: 0, capacity: 10, ttlSeconds: 0, coalesce: true, warm: 1 }
	});

describe('replicas', () => {
	test('a roll-back brings a killed replica back', () => {
		const simulation = simulate([station('a', { replicas: 3 })], [], [arrivals('a', 30)]);
		simulation.apply({ verb: 'kill-replica', service: 'a', replica: 0 });
		expect(simulation.advance(1).at(-1)?.services['a']?.replicas).toBe(2);
		simulation.apply({ verb: 'roll-back', service: 'a' });
		expect(simulation.advance(1).at(-1)?.services['a']?.replicas).toBe(3);
	});

	test('requests that wait for a drained replica keep their age with another', () => {
		const simulation = simulate(
			[
				station('a', {
					replicas: 2,
					balancing: 'round-robin',
					serviceTime: { meanMs: 1, variation: 0 }
				})
			],
			[],
			[arrivals('a', 20, { arrivals: 'regular' })]
		);
		simulation.advance(1);
		simulation.apply({ verb: 'pause', service: 'a', seconds: 3 });
		simulation.advance(3);
		simulation.apply({ verb: 'set-rate', flow: 'requests', rate: 0 });
		simulation.apply({ verb: 'drain-replica', service: 'a', replica: 1 });
		const reports = simulation.advance(1);
		expect(total(reports, ({ completed }) => completed)).toBeGreaterThanOrEqual(60);
		expect(meanResponse(reports)).toBeGreaterThan(1400); // arrived over three seconds, all answered at their end
		expect(meanResponse(reports)).toBeLessThan(1600);
	});

	test('a replica that is not there is named', () => {
		const simulation = simulate([station('a')], [], [arrivals('a', 1)]);
		expect(() => simulation.apply({ verb: 'drain-replica', service: 'a', replica: 3 })).toThrow(
			SimulationError
		);
		simulation.apply({ verb: 'scale', service: 'a', replicas: 4 });
		simulation.apply({ verb: 'drain-replica', service: 'a', replica: 3 });
		expect(simulation.advance(1).at(-1)?.services['a']?.replicas).toBe(3);
	});
});

describe('queues', () => {
	test('without a limit on workers nothing goes on waiting', () => {
		const simulation = simulate([station('a')], [], [arrivals('a', 200)]);
		simulation.advance(5);
		simulation.apply({ verb: 'set-workers', service: 'a', workers: 0 });
		simulation.apply({ verb: 'set-rate', flow: 'requests', rate: 0 });
		expect(simulation.advance(2).at(-1)?.inFlight).toBe(0);
	});

	test('the newest are served first only where their own queue is long', () => {
		const simulation = simulate(
			[
				station('a', {
					replicas: 20,
					balancing: 'round-robin',
					queueLimit: 100,
					queueDiscipline: 'adaptive-lifo',
					serviceTime: { meanMs: 10, variation: 0 }
				})
			],
			[],
			[arrivals('a', 600, { arrivals: 'regular' })]
		);
		simulation.apply({ verb: 'pause', service: 'a', seconds: 1 });
		// 30 wait at each replica, less than half of 100: the oldest go first, and nobody waits much longer than the pause.
		const slowest = Math.max(...simulation.advance(4).map(({ p99Ms }) => p99Ms));
		expect(slowest).toBeGreaterThan(900);
		expect(slowest).toBeLessThan(1050);
	});
});

describe('breakers', () => {
	test('a probe whose caller was cancelled is replaced by another', () => {
		const simulation = simulate(
			[client, delay('middle', 0), delay('back', 1000)],
			[
				call('client', 'middle', { timeoutMs: 100, cancellation: true }),
				call('middle', 'back', {
					timeoutMs: 50,
					breaker: { window: 5, threshold: 0.5, openSeconds: 1, probes: 1 }
				})
			],
			[arrivals('client', 20)]
		);
		const breaker = () => simulation.advance(1).at(-1)?.calls['middle>back']?.breaker;
		simulation.advance(5);
		expect(breaker()).not.toBe('closed');
		simulation.apply({ verb: 'set-call', call: 'client>middle', set: { timeoutMs: 20 } });
		simulation.advance(5);
		simulation.apply({ verb: 'set-call', call: 'client>middle', set: { timeoutMs: 1000 } });
		simulation.apply({ verb: 'set-service-time', service: 'back', meanMs: 1 });
		simulation.advance(3);
		expect(breaker()).toBe('closed');
	});
});

describe('brokers', () => {
	const consumers = (group: string, to: string) =>
		call('broker', to, { mode: 'async', topic: 'jobs', group });

	test.each([
		['two groups get every message each', 'first', 'second', 2000],
		['one group shares the messages', 'first', 'first', 1000]
	])('%s', (_name, one, other, consumed) => {
		const reports = simulate(
			[client, broker(4), delay('x', 1), delay('y', 1)],
			[call('client', 'broker', { topic: 'jobs' }), consumers(one, 'x'), consumers(other, 'y')],
			[arrivals('client', 100, { arrivals: 'regular' })]
		).advance(10);
		const arrived = total(
			reports,
			({ services }) => (services['x']?.arrived ?? 0) + (services['y']?.arrived ?? 0)
		);
		expect(Math.abs(arrived - consumed)).toBeLessThanOrEqual(4);
	});

	test('messages purged out of a consumer’s own queue are delivered again', () => {
		const simulation = simulate(
			[
				client,
				broker(8),
				station('worker', {
					replicas: 4,
					balancing: 'round-robin',
					serviceTime: { meanMs: 30, variation: 1 }
				})
			],
			[call('client', 'broker', { topic: 'jobs' }), consumers('workers', 'worker')],
			[arrivals('client', 50)]
		);
		for (let second = 0; second < 30; second++) {
			simulation.advance(1);
			simulation.apply({ verb: 'purge-queue', service: 'worker' });
		}
		expect(simulation.advance(60).at(-1)?.services['broker']?.lag).toBeLessThan(50);
	});

	test('a purge takes what is old enough out of every partition', () => {
		const simulation = simulate(
			[client, broker(2)],
			[call('client', 'broker', { topic: 'jobs' })],
			[arrivals('client', 1000, { arrivals: 'regular' })]
		);
		expect(simulation.advance(10).at(-1)?.services['broker']?.lag).toBe(10_000);
		simulation.apply({ verb: 'purge-queue', service: 'broker', olderThanMs: 3000 });
		simulation.apply({ verb: 'set-rate', flow: 'requests', rate: 0 });
		expect(simulation.advance(1).at(-1)?.services['broker']?.lag).toBe(3000);
	});

	test('what is older than a topic keeps is lost', () => {
		const reports = simulate(
			[
				client,
				delay('broker', 0, {
					kind: 'broker',
					topics: { jobs: { partitions: 1, retentionSeconds: 5 } }
				})
			],
			[call('client', 'broker', { topic: 'jobs' })],
			[arrivals('client', 10, { arrivals: 'regular' })]
		).advance(20);
		expect(reports.at(-1)?.services['broker']?.ageSeconds).toBeLessThan(5.2);
		expect(reports.at(-1)?.services['broker']?.lag).toBeLessThan(53);
	});
});

describe('caches', () => {
	test('a roll-back gives a cache its own keys again', () => {
		const simulation = simulate(
			[cache(10), delay('store', 1)],
			[call('cache', 'store', { onMiss: true })],
			[arrivals('cache', 100)]
		);
		simulation.apply({ verb: 'set-cache', service: 'cache', set: { keys: 100_000 } });
		expect(simulation.advance(5).at(-1)?.services['cache']?.hitRatio).toBeLessThan(0.1);
		simulation.apply({ verb: 'roll-back', service: 'cache' });
		simulation.advance(5);
		expect(simulation.advance(1).at(-1)?.services['cache']?.hitRatio).toBe(1);
	});

	test('a cache that is warmed while it runs holds entries that still live', () => {
		const simulation = simulate(
			[cache(10), delay('store', 60_000)],
			[call('cache', 'store', { onMiss: true })],
			[arrivals('cache', 100)]
		);
		simulation.advance(60);
		simulation.apply({ verb: 'set-cache', service: 'cache', set: { ttlSeconds: 50, warm: 1 } });
		expect(simulation.advance(1).at(-1)?.services['cache']?.hitRatio).toBeGreaterThan(0.9);
	});
});

describe('a change that cannot be made is refused with a sentence', () => {
	const topology: Topology = {
		services: [client, station('a'), cache(10), broker(2)],
		calls: [call('client', 'a'), call('a', 'client', { id: 'back', mode: 'async', share: 0.5 })]
	};
	const settings = (set: CallSettings, id = 'client>a'): Change => ({
		verb: 'set-call',
		call: id,
		set
	});
	const retries = { attempts: 3, backoffMs: 0 };
	const breaker = { window: 5, threshold: 0.5, openSeconds: 1, probes: 1 };
	test.each<[string, Change, RegExp]>([
		['too many keys', { verb: 'set-cache', service: 'cache', set: { keys: 1e9 } }, /set\.keys/],
		['no cache', { verb: 'set-cache', service: 'a', set: { keys: 10 } }, /a is no cache/],
		['attempts without end', settings({ retries: { ...retries, attempts: 1e9 } }), /attempts/],
		['too many times', settings({ times: 1e9 }), /set\.times/],
		['a share above one', settings({ share: 2 }), /set\.share 2/],
		['no probes', settings({ breaker: { ...breaker, probes: 0 } }), /probes 0/],
		['an empty window', settings({ breaker: { ...breaker, window: 0 } }), /window 0/],
		['an unknown setting', settings({ latency: 4 } as CallSettings), /no setting latency/],
		['a circle without end', settings({ times: 2, share: 1 }, 'back'), /come back/],
		[
			'a partition that is not there',
			{ verb: 'publish-poison', broker: 'broker', topic: 'jobs', partition: 2 },
			/partitions 0 to 1/
		],
		['no broker', { verb: 'park-poison', broker: 'a', topic: 'jobs' }, /no topic jobs/],
		[
			'a burst beyond measure',
			{ verb: 'burst', flow: 'requests', factor: 1e9, seconds: 1 },
			/factor/
		],
		['a rate beyond measure', { verb: 'set-rate', flow: 'requests', rate: 1e9 }, /rate/],
		['a rate that is no number', { verb: 'set-rate', flow: 'requests', rate: NaN }, /rate NaN/],
		[
			'a stall without a pause between',
			{ verb: 'set-stall', service: 'a', stall: { everySeconds: 0, forMs: 1 } },
			/everySeconds 0/
		],
		[
			'null where it takes nothing away',
			{ verb: 'scale', service: 'a', replicas: null as never },
			/null/
		],
		['a verb that there is not', { verb: 'explode', service: 'a' } as never, /no verb explode/]
	])('%s', (_name, change, sentence) => {
		expect(checkChange(change, topology)).toMatch(sentence);
	});

	test('what takes a setting away is let through', () => {
		expect(checkChange(settings({ retries: null, timeoutMs: null }), topology)).toBeUndefined();
		expect(checkChange({ verb: 'set-queue', service: 'a', limit: null }, topology)).toBeUndefined();
	});
});

test('a time-out that is shortened counts from then on, whatever was waited for before', () => {
	const simulation = simulate(
		[client, delay('a', 5)],
		[call('client', 'a')],
		[arrivals('client', 50)]
	);
	simulation.advance(5);
	simulation.apply({ verb: 'set-service-time', service: 'a', meanMs: 300, variation: 0 });
	simulation.apply({ verb: 'set-call', call: 'client>a', set: { timeoutMs: 20 } });
	const [, second] = simulation.advance(2);
	expect(second?.completed).toBe(0);
	expect(second?.errors.timeout).toBeGreaterThan(30);
});

test('a short stall does not end a longer pause', () => {
	const simulation = simulate(
		[station('a', { workers: 4, stall: { everySeconds: 2, forMs: 100 } })],
		[],
		[arrivals('a', 100)]
	);
	simulation.advance(5);
	simulation.apply({ verb: 'pause', service: 'a', seconds: 6 });
	expect(total(simulation.advance(5), ({ completed }) => completed)).toBe(0);
});
