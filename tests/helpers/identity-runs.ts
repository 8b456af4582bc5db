import fc from 'fast-check';
import type { SimulationInput } from '../../src/lib/simulation';
import { loadFolder } from '../../src/lib/content/load-folder';
import { inputOf } from '../../src/lib/incident/round';
import { anySystem } from './any-system';
import { arrivals, call, client, delay, station } from './stations';

export const identitySeconds = 20;

/** What the random systems do not have: a cache, a broker, autoscaling, admission, skewed and log-normal draws. */
const everything: SimulationInput = {
	topology: {
		services: [
			client,
			station('gateway', {
				kind: 'gateway',
				replicas: 2,
				workers: 8,
				serviceTime: { meanMs: 12, variation: 1.2 },
				queueLimit: 60,
				admission: { tokenBucket: { rate: 260, burst: 40 }, lowPriorityShare: 0.5 },
				startupSeconds: 2,
				autoscaling: {
					metric: 'utilisation',
					target: 0.5,
					minimum: 2,
					maximum: 6,
					everySeconds: 2,
					scaleInAfterSeconds: 8
				}
			}),
			station('cache', {
				kind: 'cache',
				workers: 8,
				serviceTime: { meanMs: 1, variation: 1 },
				cache: {
					keys: 500,
					skew: 0.8,
					capacity: 300,
					ttlSeconds: 6,
					ttlJitter: 0.2,
					coalesce: true,
					warm: 0.6
				}
			}),
			station('store', { workers: 4, contention: 0.05, coherency: 0.002 }),
			delay('broker', 1, { kind: 'broker', topics: { jobs: { partitions: 4 } } }),
			station('worker', { kind: 'worker', workers: 3, failureRatio: 0.02 })
		],
		calls: [
			call('client', 'gateway', { timeoutMs: 800, latencyMs: 2 }),
			call('gateway', 'cache', { pool: { size: 6, waitMs: 100 } }),
			call('cache', 'store', {
				onMiss: true,
				timeoutMs: 150,
				retries: { attempts: 3, backoffMs: 10, jitter: 1, budget: 0.2 },
				breaker: { window: 20, threshold: 0.5, openSeconds: 1, probes: 2 }
			}),
			call('gateway', 'broker', { mode: 'async', topic: 'jobs', share: 0.3 }),
			call('broker', 'worker', { mode: 'async', topic: 'jobs', group: 'workers' })
		]
	},
	workload: {
		flows: [
			arrivals('client', 120, {
				shape: [
					{ atSeconds: 2, factor: 1 },
					{ atSeconds: 8, factor: 2.2 }
				]
			}),
			arrivals('client', 30, { id: 'low', priority: 'low' })
		]
	},
	seed: 42,
	changes: [
		{ atSeconds: 6, change: { verb: 'flush-cache', service: 'cache', share: 0.5 } },
		{
			atSeconds: 9.25,
			change: { verb: 'publish-poison', broker: 'broker', topic: 'jobs', partition: 1 }
		},
		{ atSeconds: 14, change: { verb: 'park-poison', broker: 'broker', topic: 'jobs' } }
	]
};

/** A fixed set, whatever this site contains. */
export function identityRuns(): SimulationInput[] {
	return [everything, ...fc.sample(anySystem, { numRuns: 24, seed: 99 })];
}

/** The outages that this site ships. */
export function outageRuns(): SimulationInput[] {
	const { topology, scenarios } = loadFolder('src/content');
	return scenarios.map((scenario) => inputOf(topology, scenario, 9));
}
