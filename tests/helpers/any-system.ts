import fc from 'fast-check';
import type { Call, Change, Service, SimulationInput } from '../../src/lib/simulation';
import { arrivals, call, station } from './stations';

const id = (index: number) => `s${index}`;
const variation = fc.constantFrom(0, 0.5, 1, 2);
const milliseconds = fc.integer({ min: 1, max: 60 });

const anyService = fc.record({
	replicas: fc.integer({ min: 1, max: 3 }),
	workers: fc.constantFrom(0, 1, 2, 8),
	serviceTime: fc.record({ meanMs: milliseconds, variation }),
	queueLimit: fc.constantFrom(0, 1, 20, 500),
	queueDiscipline: fc.constantFrom('fifo' as const, 'adaptive-lifo' as const),
	balancing: fc.constantFrom('shared' as const, 'round-robin' as const, 'least-busy' as const),
	failureRatio: fc.constantFrom(0, 0, 0.05, 0.5),
	contention: fc.constantFrom(0, 0.05),
	stall: fc.constantFrom(undefined, { everySeconds: 1, forMs: 200 }),
	startupSeconds: fc.constantFrom(0, 1)
});

const anyCall = fc.record({
	mode: fc.constantFrom('sync' as const, 'sync' as const, 'async' as const),
	share: fc.constantFrom(1, 1, 0.3),
	times: fc.integer({ min: 1, max: 2 }),
	latencyMs: fc.constantFrom(0, 5),
	lossRatio: fc.constantFrom(0, 0, 0.1),
	timeoutMs: fc.constantFrom(50, 300, 2000),
	order: fc.constantFrom(0, 1),
	pool: fc.constantFrom(undefined, { size: 2, waitMs: 50 }),
	retries: fc.constantFrom(
		undefined,
		{ attempts: 3, backoffMs: 20, jitter: 1 },
		{ attempts: 4, backoffMs: 5, budget: 0.1 }
	),
	breaker: fc.constantFrom(undefined, { window: 10, threshold: 0.5, openSeconds: 1, probes: 2 }),
	fallback: fc.constantFrom('error' as const, 'degraded' as const),
	cancellation: fc.boolean()
});

const anyChange = (services: number, calls: string[]): fc.Arbitrary<Change> => {
	const service = fc.integer({ min: 0, max: services - 1 }).map(id);
	const ofServices: fc.Arbitrary<Change>[] = [
		fc.record({
			verb: fc.constant('scale' as const),
			service,
			replicas: fc.integer({ min: 1, max: 4 })
		}),
		fc.record({
			verb: fc.constant('set-service-time' as const),
			service,
			meanMs: milliseconds
		}),
		fc.record({ verb: fc.constant('restart' as const), service }),
		fc.record({ verb: fc.constant('kill-replica' as const), service, replica: fc.constant(0) }),
		fc.record({ verb: fc.constant('pause' as const), service, seconds: fc.constant(1) }),
		fc.record({ verb: fc.constant('purge-queue' as const), service }),
		fc.record({ verb: fc.constant('roll-back' as const), service }),
		fc.record({
			verb: fc.constant('burst' as const),
			flow: fc.constant('requests'),
			factor: fc.constantFrom(0, 5),
			seconds: fc.constant(2)
		})
	];
	const ofCalls: fc.Arbitrary<Change>[] = calls.length
		? [
				fc.record({ verb: fc.constant('open-breaker' as const), call: fc.constantFrom(...calls) }),
				fc.record({ verb: fc.constant('close-breaker' as const), call: fc.constantFrom(...calls) }),
				fc.record({
					verb: fc.constant('set-call' as const),
					call: fc.constantFrom(...calls),
					set: fc.record({ timeoutMs: fc.constantFrom(20, 500, null) })
				})
			]
		: [];
	return fc.oneof(...ofServices, ...ofCalls);
};

/** Without the fields that are undefined: absence is the setting. */
function present<Value extends object>(value: Value): Value {
	return Object.fromEntries(
		Object.entries(value).filter(([, each]) => each !== undefined)
	) as Value;
}

/** A client and up to five services that call those behind them, with load, faults and a seed. */
export const anySystem: fc.Arbitrary<SimulationInput> = fc
	.array(anyService, { minLength: 1, maxLength: 5 })
	.chain((settings) => {
		const pairs = settings.flatMap((_, to) =>
			settings.slice(0, to).map((__, from) => [from, to] as const)
		);
		return fc
			.record({
				links: fc.tuple(...pairs.map(() => fc.option(anyCall, { freq: 2 }))),
				rate: fc.integer({ min: 1, max: 200 }),
				seed: fc.integer()
			})
			.chain(({ links, rate, seed }) => {
				const services: Service[] = settings.map((each, index) =>
					station(id(index), present(each) as Partial<Service>)
				);
				const calls: Call[] = pairs.flatMap(([from, to], index) => {
					const link = links[index];
					return link ? [call(id(from), id(to), present(link) as Partial<Call>)] : [];
				});
				const change = anyChange(
					services.length,
					calls.map((each) => each.id)
				);
				return fc.record({
					topology: fc.constant({ services, calls }),
					workload: fc.constant({ flows: [arrivals(id(0), rate)] }),
					seed: fc.constant(seed),
					changes: fc.array(
						fc.record({ atSeconds: fc.double({ min: 0.1, max: 9, noNaN: true }), change }),
						{ maxLength: 4 }
					)
				});
			});
	});
