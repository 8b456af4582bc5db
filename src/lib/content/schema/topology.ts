import * as v from 'valibot';
import { layers, serviceKinds } from '../../simulation';
import { amount, identifier, ratio, text, whole } from './common';

const oneOf = <const List extends readonly string[]>(list: List) =>
	v.picklist(list, `expected one of ${list.join(', ')}`);
const admission = v.strictObject({
	tokenBucket: v.exactOptional(v.strictObject({ rate: amount, burst: amount })),
	concurrency: v.exactOptional(whole),
	lowPriorityShare: v.exactOptional(ratio)
});
const autoscaling = v.strictObject({
	metric: oneOf(['utilisation', 'in-flight']),
	target: amount,
	minimum: whole,
	maximum: whole,
	everySeconds: amount,
	scaleInAfterSeconds: amount
});
const cacheEntries = {
	keys: whole,
	skew: amount,
	capacity: whole,
	ttlSeconds: amount,
	ttlJitter: v.exactOptional(ratio),
	coalesce: v.boolean('expected true or false'),
	warm: ratio
};
const cacheSettings = v.strictObject({
	keys: v.exactOptional(whole),
	skew: v.exactOptional(amount),
	capacity: v.exactOptional(whole),
	ttlSeconds: v.exactOptional(amount),
	ttlJitter: v.exactOptional(ratio),
	coalesce: v.exactOptional(v.boolean('expected true or false')),
	warm: v.exactOptional(ratio)
});
const override = v.strictObject({
	replica: whole,
	slowdown: v.exactOptional(amount),
	failureRatio: v.exactOptional(ratio),
	failureMs: v.exactOptional(amount)
});
const pool = v.strictObject({ size: whole, waitMs: amount });
const retries = v.strictObject({
	attempts: whole,
	backoffMs: amount,
	maxBackoffMs: v.exactOptional(amount),
	jitter: v.exactOptional(ratio),
	budget: v.exactOptional(amount)
});
const breaker = v.strictObject({
	window: whole,
	threshold: ratio,
	openSeconds: amount,
	probes: whole
});
const stall = v.strictObject({ everySeconds: amount, forMs: amount });

export const objective = v.strictObject({
	latencyMs: amount,
	errorRatio: ratio,
	throughput: amount
});

const service = v.strictObject({
	id: identifier,
	name: text,
	role: text,
	technology: v.exactOptional(text),
	layer: oneOf(layers),
	kind: oneOf(serviceKinds),
	replicas: v.optional(whole, 1),
	workers: whole,
	serviceTime: v.strictObject({ meanMs: amount, variation: v.optional(amount, 1) }),
	queueLimit: v.exactOptional(whole),
	queueDiscipline: v.exactOptional(oneOf(['fifo', 'adaptive-lifo'])),
	balancing: v.exactOptional(oneOf(['shared', 'round-robin', 'least-busy'])),
	failureRatio: v.exactOptional(ratio),
	contention: v.exactOptional(amount),
	coherency: v.exactOptional(amount),
	stall: v.exactOptional(stall),
	startupSeconds: v.exactOptional(amount),
	autoscaling: v.exactOptional(autoscaling),
	cache: v.exactOptional(v.strictObject(cacheEntries)),
	topics: v.exactOptional(
		v.record(
			v.string(),
			v.strictObject({ partitions: whole, retentionSeconds: v.exactOptional(amount) })
		)
	),
	replicaOverrides: v.exactOptional(v.array(override)),
	admission: v.exactOptional(admission)
});

const call = v.pipe(
	v.strictObject({
		id: v.optional(identifier),
		from: identifier,
		to: identifier,
		label: v.exactOptional(text),
		mode: v.optional(oneOf(['sync', 'async']), 'sync'),
		flows: v.exactOptional(v.array(identifier)),
		share: v.exactOptional(ratio),
		times: v.exactOptional(whole),
		onMiss: v.exactOptional(v.boolean()),
		order: v.exactOptional(whole),
		latencyMs: v.exactOptional(amount),
		lossRatio: v.exactOptional(ratio),
		pool: v.exactOptional(pool),
		timeoutMs: v.exactOptional(amount),
		retries: v.exactOptional(retries),
		breaker: v.exactOptional(breaker),
		fallback: v.exactOptional(oneOf(['error', 'degraded'])),
		cancellation: v.exactOptional(v.boolean()),
		topic: v.exactOptional(identifier),
		group: v.exactOptional(identifier)
	}),
	v.transform((each) => ({ ...each, id: each.id ?? `${each.from}>${each.to}` }))
);

const flow = v.strictObject({
	id: identifier,
	title: text,
	summary: text,
	module: v.exactOptional(text),
	entry: identifier,
	rate: amount,
	arrivals: v.exactOptional(oneOf(['poisson', 'regular'])),
	shape: v.exactOptional(v.array(v.strictObject({ atSeconds: amount, factor: amount }))),
	priority: v.exactOptional(oneOf(['high', 'low'])),
	userFacing: v.exactOptional(v.boolean())
});

const list = <Item extends v.GenericSchema>(item: Item) =>
	v.optional(v.nullable(v.array(item, 'expected a list')), []);

export const topology = v.strictObject({
	title: v.optional(text, 'The running system'),
	summary: v.optional(v.string('expected text'), ''),
	seed: v.optional(whole, 1),
	objective,
	services: list(service),
	calls: list(call),
	flows: list(flow)
});

const settings = v.strictObject({
	share: v.exactOptional(ratio),
	times: v.exactOptional(whole),
	latencyMs: v.exactOptional(amount),
	lossRatio: v.exactOptional(ratio),
	pool: v.exactOptional(v.nullable(pool)),
	timeoutMs: v.exactOptional(v.nullable(amount)),
	retries: v.exactOptional(v.nullable(retries)),
	breaker: v.exactOptional(v.nullable(breaker)),
	fallback: v.exactOptional(oneOf(['error', 'degraded'])),
	cancellation: v.exactOptional(v.boolean())
});
const verb = <const Name extends string, Entries extends v.ObjectEntries>(
	name: Name,
	entries: Entries
) => v.strictObject({ verb: v.literal(name), ...entries });
const onService = { service: identifier };
const onCall = { call: identifier };
const onTopic = { broker: identifier, topic: identifier };

/** The simulator's closed vocabulary of changes. */
export const change = v.variant(
	'verb',
	[
		verb('scale', { ...onService, replicas: whole }),
		verb('set-workers', { ...onService, workers: whole }),
		verb('set-service-time', { ...onService, meanMs: amount, variation: v.exactOptional(amount) }),
		verb('set-failure-ratio', { ...onService, ratio }),
		verb('set-queue', {
			...onService,
			limit: v.nullable(whole),
			discipline: v.exactOptional(oneOf(['fifo', 'adaptive-lifo']))
		}),
		verb('set-balancing', {
			...onService,
			balancing: oneOf(['shared', 'round-robin', 'least-busy'])
		}),
		verb('set-stall', { ...onService, stall: v.nullable(stall) }),
		verb('set-contention', { ...onService, contention: amount, coherency: amount }),
		verb('set-autoscaling', { ...onService, autoscaling: v.nullable(autoscaling) }),
		verb('set-admission', { ...onService, admission: v.nullable(admission) }),
		verb('override-replica', { ...onService, override }),
		verb('drain-replica', { ...onService, replica: whole }),
		verb('kill-replica', { ...onService, replica: whole }),
		verb('restart', onService),
		verb('pause', { ...onService, seconds: amount }),
		verb('purge-queue', { ...onService, olderThanMs: v.exactOptional(amount) }),
		verb('set-call', { ...onCall, set: settings }),
		verb('open-breaker', onCall),
		verb('close-breaker', onCall),
		verb('flush-cache', { ...onService, share: v.exactOptional(ratio) }),
		verb('set-cache', { ...onService, set: cacheSettings }),
		verb('pause-consumers', { ...onCall, seconds: v.nullable(amount) }),
		verb('resume-consumers', onCall),
		verb('publish-poison', { ...onTopic, partition: whole }),
		verb('park-poison', onTopic),
		verb('set-rate', { flow: identifier, rate: amount }),
		verb('burst', { flow: identifier, factor: amount, seconds: amount }),
		verb('roll-back', onService),
		verb('roll-back-call', onCall)
	],
	'is no verb of the simulator; design: a closed vocabulary, see src/lib/simulation/types.ts'
);
