import { expect, test } from 'vitest';
import {
	checkTopology,
	createSimulation,
	SimulationError,
	type Call,
	type Service,
	type Topology
} from '../../../src/lib/simulation';
import { arrivals, call, client, delay, singleStation, station } from '../../helpers/stations';

const one = (service: Partial<Service>, settings: Partial<Call> = {}): Topology => ({
	services: [client, station('a', service)],
	calls: [call('client', 'a', settings)]
});
const circle = (there: Partial<Call>, back: Partial<Call>): Topology => ({
	services: [delay('a', 0), delay('b', 0)],
	calls: [call('a', 'b', { mode: 'async', ...there }), call('b', 'a', { mode: 'async', ...back })]
});
const missing = undefined as never;
const breaker = { window: 5, threshold: 0.5, openSeconds: 1, probes: 1 };

test.each<[string, Topology, string]>([
	[
		'a time that is no number',
		one({ serviceTime: { meanMs: NaN, variation: 1 } }),
		'services[1].serviceTime.meanMs'
	],
	['no service time', one({ serviceTime: missing }), 'services[1].serviceTime'],
	[
		'no mean',
		one({ serviceTime: { meanMs: missing, variation: 1 } }),
		'services[1].serviceTime.meanMs'
	],
	['no workers', one({ workers: missing }), 'services[1].workers'],
	['no replicas', one({ replicas: 0 }), 'services[1].replicas'],
	['an unknown balancing', one({ balancing: 'random' as never }), 'services[1].balancing'],
	[
		'a bucket below nothing',
		one({ admission: { tokenBucket: { rate: -1, burst: 1 } } }),
		'services[1].admission.tokenBucket.rate'
	],
	[
		'a replica slower than never',
		one({ replicaOverrides: [{ replica: 0, slowdown: -3 }] }),
		'services[1].replicaOverrides[0].slowdown'
	],
	[
		'a minimum above the maximum',
		one({
			autoscaling: {
				metric: 'utilisation',
				target: 0.5,
				minimum: 5,
				maximum: 2,
				everySeconds: 1,
				scaleInAfterSeconds: 1
			}
		}),
		'services[1].autoscaling.minimum'
	],
	[
		'a broker without topics',
		{ services: [station('b', { kind: 'broker' })], calls: [] },
		'services[0].topics'
	],
	[
		'a cache without a model',
		{ services: [station('c', { kind: 'cache' })], calls: [] },
		'services[0].cache'
	],
	['no probes', one({}, { breaker: { ...breaker, probes: 0 } }), 'calls[0].breaker.probes'],
	[
		'a breaker open for less than nothing',
		one({}, { breaker: { ...breaker, openSeconds: -1 } }),
		'calls[0].breaker.openSeconds'
	],
	[
		'jitter above one',
		one({}, { retries: { attempts: 3, backoffMs: 10, jitter: 2 } }),
		'calls[0].retries.jitter'
	],
	['an unknown mode', one({}, { mode: 'later' as never }), 'calls[0].mode'],
	['an asynchronous circle that never dies out', circle({}, {}), 'calls'],
	['a circle that grows', circle({ times: 4, share: 0.5 }, { share: 0.6 }), 'calls']
])('%s is refused, and its place is named', (_name, topology, path) => {
	expect(checkTopology(topology).map((problem) => problem.path)).toEqual([path]);
});

test('a circle that dies out, or that no flow goes round, is sound', () => {
	expect(checkTopology(circle({ share: 0.5 }, {}))).toEqual([]);
	expect(checkTopology(circle({ flows: ['x'] }, { flows: ['y'] }))).toEqual([]);
});

test.each([
	[
		'points out of order',
		{
			shape: [
				{ atSeconds: 10, factor: 1 },
				{ atSeconds: 5, factor: 2 }
			]
		},
		'flows[0].shape[1].atSeconds'
	],
	[
		'more than can be simulated',
		{ rate: 50_000, shape: [{ atSeconds: 0, factor: 100 }] },
		'flows[0].rate'
	],
	['an entry that is not there', { entry: 'nowhere' }, 'flows[0].entry']
])('a flow with %s is refused', (_name, settings, path) => {
	const problems = checkTopology(one({}), { flows: [arrivals('client', 1, settings)] });
	expect(problems.map((problem) => problem.path)).toEqual([path]);
});

test('a call for a flow that is not there is refused', () => {
	const problems = checkTopology(one({}, { flows: ['nobody'] }), {
		flows: [arrivals('client', 1)]
	});
	expect(problems[0]?.message).toBe('there is no flow nobody');
});

test('overload without end is bounded, and the report names the limit that bites', () => {
	const simulation = createSimulation(
		singleStation(30_000, { workers: 0, serviceTime: { meanMs: 3_600_000, variation: 0 } })
	);
	const last = simulation.advance(8).at(-1);
	expect(last?.limits).toEqual(['requests in flight (200000)']);
	expect(last?.inFlight).toBe(200_000);
	expect(last?.errors.rejected).toBeGreaterThan(25_000);
});

test.each([-1, 0.5, NaN, 1e9])('time does not move by %s seconds', (seconds) => {
	expect(() => createSimulation(singleStation(1)).advance(seconds)).toThrow(SimulationError);
});
