/** What the engine keeps of services, calls, flows and traces while they run, and how each begins. */

import type { Engine } from './engine';
import { Popularity } from './popularity';
import { RandomStream } from './random';
import { RecencyMap } from './recency';
import { ResponseTimes } from './response-times';
import { Ring } from './ring';
import { type Call, errorCauses, type Flow, type Service, type Span } from './types';

export const OK = -1;
export const TIMEOUT = errorCauses.indexOf('timeout');
export const REJECTED = errorCauses.indexOf('rejected');
export const BREAKER = errorCauses.indexOf('breaker-open');
export const POOL = errorCauses.indexOf('pool-exhausted');
export const FAILED = errorCauses.indexOf('failed');
export const DEPENDENCY = errorCauses.indexOf('dependency');

export const enum Event {
	Arrive,
	Deliver,
	WorkDone,
	Respond,
	Timeout,
	Deadline,
	Retry,
	PoolTimeout,
	Stall,
	Autoscale,
	ReplicaReady,
	Change,
	Resume,
	Rebalanced,
	Redeliver
}
export const enum State {
	Free,
	Travelling,
	Queued,
	Working,
	Calling,
	Joining,
	Cancelled
}

export const maximumVisits = 200_000;
export const maximumBacklog = 1_000_000;

export interface Replica {
	up: 0 | 1 | 2;
	draining: boolean;
	busy: number;
	inside: number;
	queue: Ring;
	stalledUntil: number;
	stallTotal: number;
	slowdown: number;
	failureRatio: number;
	failureMs: number;
}
export interface Station {
	index: number;
	config: Service;
	original: Service;
	replicas: Replica[];
	queue: Ring;
	waiting: number;
	turn: number;
	asked: number;
	epoch: number;
	random: RandomStream;
	groups: Int32Array[][];
	subscriptions: number[];
	consumes: number[];
	tokens: number;
	tokensAt: number;
	lowSince: number;
	pausedUntil: number;
	cache?: CacheState;
	topics: TopicState[];
	topicIndex: Map<string, number>;
	arrived: number;
	completed: number;
	errors: number;
	busyArea: number;
	queueArea: number;
	insideArea: number;
	busy: number;
	inside: number;
	since: number;
	hits: number;
	lookups: number;
	times: ResponseTimes;
	maximumRate: number;
}
export interface CacheState {
	popularity: Popularity;
	/** When each key it holds expires, the least recently used first. */
	expires: RecencyMap;
	loading: Map<number, number[]>;
}
export interface Partition {
	times: Ring;
	flows: Ring;
	head: number;
	busy: boolean;
}
export interface TopicState {
	name: string;
	/** Each group of consumers has the partitions to itself, with its own place in them. */
	groups: Partition[][];
	groupNames: string[];
	turn: number;
	retentionMs: number;
}
export interface Link {
	index: number;
	config: Call;
	original: Call;
	from: number;
	to: number;
	random: RandomStream;
	flows: Uint8Array;
	topic: number;
	/** Its group's partitions, by their index in the topic; -1 where it is no subscription. */
	group: number;
	used: number[];
	waiters: Ring[];
	budget: number;
	outcomes: Uint8Array;
	outcomeAt: number;
	outcomeCount: number;
	failures: number;
	breaker: 0 | 1 | 2;
	openUntil: number;
	probesLeft: number;
	probesOk: number;
	forced: boolean;
	pausedUntil: number;
	/** Calls that wait for an answer, as (invocation, attempt's generation, deadline in ms), the earliest deadline first. */
	deadlines: Ring;
	/** The moment of the event for the first of them; Infinity when none is pending. */
	alarmAt: number;
	attempts: number;
	retries: number;
	errors: number;
	/** Attempts that were sent and have ended, and how long they took together, in ms. */
	ended: number;
	time: number;
	poolWait: number;
	poolTaken: number;
}
export interface Stream {
	config: Flow;
	random: RandomStream;
	entry: number;
	rate: number;
	burstFactor: number;
	burstUntil: number;
	epoch: number;
	low: boolean;
	facing: boolean;
	offered: number;
	completed: number;
	errors: number;
	times: ResponseTimes;
}
export interface TraceRecord {
	number: number;
	flow: number;
	start: number;
	duration: number;
	outcome: number;
	spans: Span[];
	open: number;
}

export function makeStation(engine: Engine, config: Service, index: number): Station {
	const station: Station = {
		index,
		config,
		original: copy(config),
		replicas: [],
		queue: new Ring(),
		waiting: 0,
		turn: 0,
		asked: config.replicas,
		epoch: 0,
		random: new RandomStream(engine.seed, `service:${config.id}`),
		groups: [],
		subscriptions: [],
		consumes: [],
		tokens: config.admission?.tokenBucket?.burst ?? 0,
		tokensAt: 0,
		lowSince: -1,
		pausedUntil: 0,
		topics: Object.entries(config.topics ?? {}).map(([name, topic]) => ({
			name,
			turn: 0,
			retentionMs: (topic.retentionSeconds ?? 0) * 1000,
			groups: [makePartitions(topic.partitions)],
			groupNames: []
		})),
		topicIndex: new Map(Object.keys(config.topics ?? {}).map((name, i) => [name, i])),
		arrived: 0,
		completed: 0,
		errors: 0,
		busyArea: 0,
		queueArea: 0,
		insideArea: 0,
		busy: 0,
		inside: 0,
		since: 0,
		hits: 0,
		lookups: 0,
		times: new ResponseTimes(),
		maximumRate: 0
	};
	for (let r = 0; r < config.replicas; r++)
		station.replicas.push(makeReplica(engine, station, r, 1));
	if (config.cache) station.cache = makeCache(engine, config);
	return station;
}

export function makePartitions(count: number): Partition[] {
	return Array.from({ length: count }, () => ({
		times: new Ring(),
		flows: new Ring(),
		head: 0,
		busy: false
	}));
}

export function makeReplica(
	engine: Engine,
	station: Station,
	index: number,
	up: 0 | 1 | 2
): Replica {
	const own = station.config.replicaOverrides?.find((o) => o.replica === index);
	return {
		up,
		draining: false,
		busy: 0,
		inside: 0,
		queue: new Ring(),
		stalledUntil: 0,
		stallTotal: 0,
		slowdown: own?.slowdown ?? 1,
		failureRatio: own?.failureRatio ?? -1,
		failureMs: own?.failureMs ?? -1
	};
}

export function makeCache(engine: Engine, config: Service): CacheState {
	const model = config.cache as NonNullable<Service['cache']>;
	const cache: CacheState = {
		popularity: new Popularity(model.keys, model.skew),
		expires: new RecencyMap(),
		loading: new Map()
	};
	const filled = Math.min(model.keys, Math.floor(model.capacity * model.warm));
	const random = new RandomStream(engine.seed, `warm:${config.id}`);
	// Least popular first, so that they are the least recently used; ages are uniform over the time to live.
	for (let k = filled - 1; k >= 0; k--)
		cache.expires.set(
			k,
			model.ttlSeconds ? engine.now + model.ttlSeconds * 1000 * random.uniform() : Infinity
		);
	return cache;
}

export function makeLink(engine: Engine, config: Call, index: number, flows: Flow[]): Link {
	const from = engine.stationIndex.get(config.from) as number;
	const to = engine.stationIndex.get(config.to) as number;
	return {
		index,
		config,
		original: copy(config),
		from,
		to,
		random: new RandomStream(engine.seed, `call:${config.id}`),
		flows: Uint8Array.from(flows, (f) => (!config.flows || config.flows.includes(f.id) ? 1 : 0)),
		topic: -1,
		group: -1,
		used: [],
		waiters: [],
		budget: 10,
		outcomes: new Uint8Array(config.breaker?.window ?? 1),
		outcomeAt: 0,
		outcomeCount: 0,
		failures: 0,
		breaker: 0,
		openUntil: 0,
		probesLeft: 0,
		probesOk: 0,
		forced: false,
		pausedUntil: 0,
		deadlines: new Ring(),
		alarmAt: Infinity,
		attempts: 0,
		retries: 0,
		errors: 0,
		ended: 0,
		time: 0,
		poolWait: 0,
		poolTaken: 0
	};
}

export function copy<Value>(value: Value): Value {
	return JSON.parse(JSON.stringify(value)) as Value;
}
