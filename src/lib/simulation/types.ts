/**
 * The vocabulary of the simulation: plain, serialisable data.
 *
 * Units, everywhere in this folder: simulated moments and long spans in seconds (`…At`, `…Seconds`, rates per
 * second), latencies and service times in milliseconds (`…Ms`). Ratios are in [0, 1].
 */

export const layers = ['core', 'async', 'infra', 'edge'] as const;
export type Layer = (typeof layers)[number];

export const serviceKinds = [
	'client',
	'gateway',
	'service',
	'cache',
	'store',
	'broker',
	'worker',
	'external'
] as const;
export type ServiceKind = (typeof serviceKinds)[number];

/** A topology: who is there, and who calls whom. Ids are unique within services and within calls. */
export interface Topology {
	services: Service[];
	calls: Call[];
}

/** Time a worker is busy with a request itself, calls excluded. */
export interface ServiceTime {
	meanMs: number;
	/** Coefficient of variation: 0 deterministic, 1 exponential, anything else log-normal. */
	variation: number;
}

export interface Service {
	id: string;
	layer: Layer;
	kind: ServiceKind;
	/** Replicas asked for; at least 1. */
	replicas: number;
	/** Requests a replica works on at once; 0 means without limit (a delay station: clients, external parties). */
	workers: number;
	serviceTime: ServiceTime;
	/** Requests that may wait, for the service as a whole when `balancing` is `shared`, else for each replica. */
	queueLimit?: number;
	/** `adaptive-lifo` serves the newest first while the queue is more than half full. */
	queueDiscipline?: 'fifo' | 'adaptive-lifo';
	balancing?: 'shared' | 'round-robin' | 'least-busy';
	/** Share of requests that fail after their work is done. */
	failureRatio?: number;
	/** Universal Scalability Law (Gunther): service time is multiplied by 1 + contention (n-1) + coherency n (n-1), n in flight at the replica. */
	contention?: number;
	coherency?: number;
	/** Periodic pauses of every replica, staggered over the replicas: garbage collection, CPU throttling. */
	stall?: { everySeconds: number; forMs: number };
	/** Before a new or restarted replica takes requests. */
	startupSeconds?: number;
	autoscaling?: Autoscaling;
	/** A cache's own state; only for kind `cache`. A cache answers a hit itself, a miss makes its `onMiss` calls. */
	cache?: CacheModel;
	/** Topics by name; only for kind `broker`. */
	topics?: Record<string, Topic>;
	/** How this replica (0-based index) differs from its siblings: the one bad host. */
	replicaOverrides?: ReplicaOverride[];
	/** What is let in at all; the rest is rejected at once. */
	admission?: Admission;
}

export interface ReplicaOverride {
	replica: number;
	/** Multiplies service time; 1 is like the others. */
	slowdown?: number;
	failureRatio?: number;
	/** A replica that refuses at once answers in this many ms when it fails (the fastest server in the fleet). */
	failureMs?: number;
}

export interface Autoscaling {
	metric: 'utilisation' | 'in-flight';
	/** Utilisation in [0, 1], or requests in flight for each replica. Replicas asked for = ceil(n * measured / target). */
	target: number;
	minimum: number;
	maximum: number;
	/** How often it looks. */
	everySeconds: number;
	/** It scales in only when the target has been lower for this long. */
	scaleInAfterSeconds: number;
}

export interface CacheModel {
	/** Distinct keys asked for. */
	keys: number;
	/** Popularity of the k-th key is proportional to 1 / k ** skew. */
	skew: number;
	/** Keys it holds at most (least recently used leaves first). */
	capacity: number;
	/** 0 means an entry never expires. */
	ttlSeconds: number;
	/** Spread of expiry: ttl is multiplied by a uniform value in [1 - jitter, 1]. */
	ttlJitter?: number;
	/** One loader a key; the others wait for it. */
	coalesce: boolean;
	/** Share of its capacity that is filled, most popular first, when the simulation starts. */
	warm: number;
}

export interface Topic {
	partitions: number;
	/** Messages older than this are lost; 0 keeps them for ever. */
	retentionSeconds?: number;
}

export interface Admission {
	/** Requests per second let in, and how many may come at once. */
	tokenBucket?: { rate: number; burst: number };
	/** Requests inside the service (waiting and worked on) at most. */
	concurrency?: number;
	/** Share of the limit that requests of the lowest priority may use; higher ones may use all of it. */
	lowPriorityShare?: number;
}

export interface Call {
	/** Unique; by convention `from>to`, with `:flow` or `#n` behind it where that is not unique. */
	id: string;
	from: string;
	to: string;
	/** `async` sends and goes on: the caller holds nothing. A call out of a broker is a subscription. */
	mode: 'sync' | 'async';
	/** Only for requests of these flows; all flows when absent. */
	flows?: string[];
	/** Probability that it is made. */
	share?: number;
	/** How often it is made for each request, one after the other. */
	times?: number;
	/** Only made when a cache misses (`from` is a cache). */
	onMiss?: boolean;
	/** Calls of the same order start together (a parallel fan-out); lower orders are finished first. */
	order?: number;
	/** Network latency there and back together. */
	latencyMs?: number;
	/** Share of calls lost on the way: the caller hears nothing until its timeout (a partition is 1). */
	lossRatio?: number;
	/** Connections for each calling replica, and how long a caller waits for one. */
	pool?: { size: number; waitMs: number };
	timeoutMs?: number;
	retries?: Retries;
	breaker?: Breaker;
	/** What the caller does when the call has failed for good: fail too (`error`), or answer without it (`degraded`). */
	fallback?: 'error' | 'degraded';
	/** The callee stops working when the caller has given up. */
	cancellation?: boolean;
	/** Topic published to (`to` is a broker) or consumed from (`from` is a broker). */
	topic?: string;
	/** Consumers of one group share the partitions; only for calls out of a broker. */
	group?: string;
}

export interface Retries {
	/** Attempts in all, the first included. */
	attempts: number;
	backoffMs: number;
	/** Backoff doubles with each attempt up to this. */
	maxBackoffMs?: number;
	/** 0 waits the whole backoff, 1 a uniform share of it (full jitter). */
	jitter?: number;
	/** Retries allowed as a share of first attempts (token bucket); absent means without limit. */
	budget?: number;
}

export interface Breaker {
	/** Outcomes looked back on. */
	window: number;
	/** Opens when this share of the window has failed, and the window is full. */
	threshold: number;
	openSeconds: number;
	/** Probes let through when half-open; it closes when all of them succeed. */
	probes: number;
}

/** Load: flows of requests, each entering at a service (usually one of kind `client`). */
export interface Workload {
	flows: Flow[];
}

export interface Flow {
	id: string;
	/** Where its requests begin. */
	entry: string;
	/** Requests per second, before `shape`. */
	rate: number;
	/** Poisson arrivals by default. */
	arrivals?: 'poisson' | 'regular';
	/** Multiplies the rate over time, piecewise linear between the points; constant before and after. */
	shape?: { atSeconds: number; factor: number }[];
	/** Shed first when low. */
	priority?: 'high' | 'low';
	/** False for background work that no user waits for: it is left out of the user-facing gauges. */
	userFacing?: boolean;
}

/**
 * A change of the running system: a fault, a patch or an intervention. A closed vocabulary; each is serialisable.
 * `…Ratio` and `share` in [0, 1]; `null` removes a setting.
 */
export type Change =
	| { verb: 'scale'; service: string; replicas: number }
	| { verb: 'set-workers'; service: string; workers: number }
	| { verb: 'set-service-time'; service: string; meanMs: number; variation?: number }
	| { verb: 'set-failure-ratio'; service: string; ratio: number }
	| {
			verb: 'set-queue';
			service: string;
			limit: number | null;
			discipline?: 'fifo' | 'adaptive-lifo';
	  }
	| { verb: 'set-balancing'; service: string; balancing: 'shared' | 'round-robin' | 'least-busy' }
	| { verb: 'set-stall'; service: string; stall: { everySeconds: number; forMs: number } | null }
	| { verb: 'set-contention'; service: string; contention: number; coherency: number }
	| { verb: 'set-autoscaling'; service: string; autoscaling: Autoscaling | null }
	| { verb: 'set-admission'; service: string; admission: Admission | null }
	| { verb: 'override-replica'; service: string; override: ReplicaOverride }
	| { verb: 'drain-replica'; service: string; replica: number }
	| { verb: 'kill-replica'; service: string; replica: number }
	| { verb: 'restart'; service: string }
	| { verb: 'pause'; service: string; seconds: number }
	| { verb: 'purge-queue'; service: string; olderThanMs?: number }
	| { verb: 'set-call'; call: string; set: CallSettings }
	| { verb: 'open-breaker'; call: string }
	| { verb: 'close-breaker'; call: string }
	| { verb: 'flush-cache'; service: string; share?: number }
	| { verb: 'set-cache'; service: string; set: Partial<CacheModel> }
	| { verb: 'pause-consumers'; call: string; seconds: number | null }
	| { verb: 'resume-consumers'; call: string }
	| { verb: 'publish-poison'; broker: string; topic: string; partition: number }
	| { verb: 'park-poison'; broker: string; topic: string }
	| { verb: 'set-rate'; flow: string; rate: number }
	| { verb: 'burst'; flow: string; factor: number; seconds: number }
	/** Puts a service, or a call, back to what the topology says. */
	| { verb: 'roll-back'; service: string }
	| { verb: 'roll-back-call'; call: string };

/** The settings of a call that can change while it runs; `null` removes one. */
export interface CallSettings {
	share?: number;
	times?: number;
	latencyMs?: number;
	lossRatio?: number;
	pool?: { size: number; waitMs: number } | null;
	timeoutMs?: number | null;
	retries?: Retries | null;
	breaker?: Breaker | null;
	fallback?: 'error' | 'degraded';
	cancellation?: boolean;
}

/** A change at a moment of simulated time. */
export interface ScheduledChange {
	atSeconds: number;
	change: Change;
}

export const errorCauses = [
	'timeout',
	'rejected',
	'breaker-open',
	'pool-exhausted',
	'failed',
	'dependency'
] as const;
/**
 * Why a request, or a call, ended badly. `timeout`: nobody answered in time; `rejected`: a full queue or admission
 * control; `breaker-open`: not tried; `pool-exhausted`: no connection in time; `failed`: the service itself;
 * `dependency`: the service could not do without a call that failed.
 */
export type ErrorCause = (typeof errorCauses)[number];

/** What happened in one simulated second, (time - 1, time]. User-facing flows only, but for `services` and `calls`. */
export interface Report {
	/** End of the second. */
	time: number;
	/** Requests that arrived. */
	offered: number;
	/** Requests answered well. */
	completed: number;
	errors: Record<ErrorCause, number>;
	/** Requests in the system at the end of the second. */
	inFlight: number;
	/** Answered well, per second. */
	throughput: number;
	/** Errors over all that ended in this second; 0 where nothing ended. */
	errorRatio: number;
	/** Response time of what was answered well; 0 where nothing was. */
	meanMs: number;
	p50Ms: number;
	p95Ms: number;
	p99Ms: number;
	flows: Record<string, FlowReport>;
	services: Record<string, ServiceReport>;
	calls: Record<string, CallReport>;
	/** Hard limits of the simulator that bit in this second. */
	limits?: string[];
}

export interface FlowReport {
	offered: number;
	completed: number;
	errors: number;
	meanMs: number;
	p50Ms: number;
	p95Ms: number;
	p99Ms: number;
}

export interface ServiceReport {
	/** Requests that reached it, answered well, and ended badly. */
	arrived: number;
	completed: number;
	errors: number;
	/** Busy workers over all workers, time-weighted, in [0, 1]; of a station without limit, 0. */
	utilisation: number;
	/** Waiting requests, time-weighted. */
	queueDepth: number;
	/** Waiting and worked on, time-weighted. */
	inFlight: number;
	/** Replicas that take requests now. */
	replicas: number;
	/** Mean response time at this service, its calls included. */
	meanMs: number;
	p95Ms: number;
	/** Caches only. */
	hitRatio?: number;
	/** Brokers only: messages not yet taken, and the age of the oldest. */
	lag?: number;
	ageSeconds?: number;
}

export interface CallReport {
	/** Attempts, retries included. */
	attempts: number;
	retries: number;
	errors: number;
	meanMs: number;
	/** Mean wait for a pooled connection; 0 where there is no pool. */
	poolWaitMs: number;
	breaker?: 'closed' | 'open' | 'half-open';
}

/** One request's life. The root's duration is its own work and wait plus its critical path's. */
export interface Trace {
	flow: string;
	/** When the request arrived. */
	startSeconds: number;
	durationMs: number;
	outcome: 'ok' | ErrorCause;
	/** In order of their start; the first is the root. */
	spans: Span[];
}

export interface Span {
	id: number;
	/** Absent for the root. */
	parent?: number;
	service: string;
	/** The call it answers; absent for the root. */
	call?: string;
	/** 1 for the first attempt. */
	attempt: number;
	/** Since the trace's start; asynchronous spans may begin after the root has ended. */
	startMs: number;
	durationMs: number;
	/** Waiting for a connection and in the queue. */
	waitMs: number;
	/** Being worked on, calls excluded. */
	workMs: number;
	async: boolean;
	outcome: 'ok' | ErrorCause;
	/** Caches only. */
	hit?: boolean;
}

export interface LogLine {
	time: number;
	level: 'debug' | 'info' | 'warn' | 'error';
	service: string;
	text: string;
}

/** Which trace is wanted: a typical one, a slow one, or one that ended badly. */
export interface TraceQuery {
	flow?: string;
	/** Service the request must have touched. */
	service?: string;
	kind: 'p50' | 'p95' | 'failed';
}

export interface SimulationInput {
	topology: Topology;
	workload: Workload;
	/** Any integer; the same input gives the same run, everywhere. */
	seed: number;
	/** Known in advance: faults of a scenario, for instance. */
	changes?: ScheduledChange[];
}

/** A run's whole state as JSON-compatible data; `restoreSimulation` goes on from it to the same result. */
export interface SavedSimulation {
	version: number;
	data: unknown;
}

/** A running simulation. Time moves only by `advance`. */
export interface Simulation {
	/** Simulated seconds since the start. */
	readonly time: number;
	/** Events handled since the start: the measure of how much work the run was. */
	readonly events: number;
	/** Runs for a whole number of seconds and answers with one report for each. */
	advance(seconds: number): Report[];
	/** Takes effect now. Throws {@link SimulationError} on an unknown name or an absurd number; nothing has changed then. */
	apply(change: Change): void;
	/** The latest fitting request of those traced lately; undefined when there was none. */
	trace(query: TraceQuery): Trace | undefined;
	/** Lines written after the given moment, oldest first, rate-limited. */
	logs(sinceSeconds: number): LogLine[];
	save(): SavedSimulation;
}
