import { EventHeap } from './event-heap';
import { exactExp, exactLog } from './exact-math';
import { Histogram } from './histogram';
import { RandomStream } from './random';
import { Ring } from './ring';
import type {
	Call,
	Change,
	ErrorCause,
	Flow,
	LogLine,
	Report,
	Service,
	SimulationInput,
	Span,
	Trace,
	TraceQuery
} from './types';
import { errorCauses } from './types';

const OK = -1;
const TIMEOUT = errorCauses.indexOf('timeout');
const REJECTED = errorCauses.indexOf('rejected');
const BREAKER = errorCauses.indexOf('breaker-open');
const POOL = errorCauses.indexOf('pool-exhausted');
const FAILED = errorCauses.indexOf('failed');
const DEPENDENCY = errorCauses.indexOf('dependency');

const enum Event {
	Arrive,
	Deliver,
	WorkDone,
	Respond,
	Timeout,
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
const enum State {
	Free,
	Travelling,
	Queued,
	Working,
	Calling,
	Joining,
	Cancelled
}

const maximumVisits = 200_000;
const maximumBacklog = 1_000_000;

interface Replica {
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
interface Station {
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
	times: Histogram;
	maximumRate: number;
}
interface CacheState {
	cumulative: Float64Array;
	expires: Map<number, number>;
	loading: Map<number, number[]>;
}
interface Partition {
	times: Ring;
	flows: Ring;
	poison: Set<number>;
	taken: number;
	head: number;
	busy: boolean;
}
interface TopicState {
	name: string;
	partitions: Partition[];
	turn: number;
	retentionMs: number;
}
interface Link {
	index: number;
	config: Call;
	original: Call;
	from: number;
	to: number;
	random: RandomStream;
	flows: Uint8Array;
	topic: number;
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
	attempts: number;
	retries: number;
	errors: number;
	times: Histogram;
	poolWait: number;
	poolTaken: number;
}
interface Stream {
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
	times: Histogram;
}
interface TraceRecord {
	flow: number;
	start: number;
	duration: number;
	outcome: number;
	spans: Span[];
	open: number;
}

export class Engine {
	now = 0;
	seed: number;
	heap = new EventHeap();
	stations: Station[] = [];
	links: Link[] = [];
	streams: Stream[] = [];
	changes: Change[] = [];
	stationIndex = new Map<string, number>();
	linkIndex = new Map<string, number>();
	streamIndex = new Map<string, number>();
	// visits
	n = 0;
	free: number[] = [];
	vService: number[] = [];
	vFlow: number[] = [];
	vInvocation: number[] = [];
	vInvocationGen: number[] = [];
	vGen: number[] = [];
	vState: number[] = [];
	vReplica: number[] = [];
	vArrived: number[] = [];
	vStarted: number[] = [];
	vWork: number[] = [];
	vStall: number[] = [];
	vStage: number[] = [];
	vPending: number[] = [];
	vCause: number[] = [];
	vWillFail: number[] = [];
	vKey: number[] = [];
	vMessage: number[] = [];
	vTrace: number[] = [];
	vSpan: number[] = [];
	vLink: number[] = [];
	// invocations
	m = 0;
	freeInv: number[] = [];
	iLink: number[] = [];
	iParent: number[] = [];
	iParentGen: number[] = [];
	iGen: number[] = [];
	iAttempt: number[] = [];
	iAttemptGen: number[] = [];
	iVisit: number[] = [];
	iVisitGen: number[] = [];
	iSent: number[] = [];
	iAsked: number[] = [];
	iConnection: number[] = [];
	iLeft: number[] = [];
	iSpan: number[] = [];
	iProbe: number[] = [];
	errors = new Int32Array(errorCauses.length);
	offered = 0;
	completed = 0;
	inFlight = 0;
	times = new Histogram();
	limits = new Set<string>();
	traces: TraceRecord[] = [];
	tracing: (TraceRecord | undefined)[] = [];
	freeTrace: number[] = [];
	arrivalCount = 0;
	lines: LogLine[] = [];
	linesThisSecond = 0;

	constructor(input: SimulationInput) {
		this.seed = input.seed;
		const { topology, workload } = copy(input);
		topology.services.forEach((s, i) => this.stationIndex.set(s.id, i));
		topology.calls.forEach((c, i) => this.linkIndex.set(c.id, i));
		workload.flows.forEach((f, i) => this.streamIndex.set(f.id, i));
		this.stations = topology.services.map((config, index) => this.makeStation(config, index));
		this.links = topology.calls.map((config, index) =>
			this.makeLink(config, index, workload.flows)
		);
		this.streams = workload.flows.map((config) => ({
			config,
			random: new RandomStream(this.seed, `flow:${config.id}`),
			entry: this.stationIndex.get(config.entry) as number,
			rate: config.rate,
			burstFactor: 1,
			burstUntil: 0,
			epoch: 0,
			low: config.priority === 'low',
			facing: config.userFacing !== false,
			offered: 0,
			completed: 0,
			errors: 0,
			times: new Histogram()
		}));
		for (const station of this.stations) this.arrange(station, workload.flows);
		this.streams.forEach((_, index) => this.scheduleArrival(index));
		for (const { atSeconds, change } of input.changes ?? []) {
			this.changes.push(change);
			this.heap.push(atSeconds * 1000, Event.Change, this.changes.length - 1, 0);
		}
		for (const station of this.stations) this.startPeriodic(station);
	}

	makeStation(config: Service, index: number): Station {
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
			random: new RandomStream(this.seed, `service:${config.id}`),
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
				partitions: Array.from({ length: topic.partitions }, () => ({
					times: new Ring(),
					flows: new Ring(),
					poison: new Set<number>(),
					taken: 0,
					head: 0,
					busy: false
				}))
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
			times: new Histogram(),
			maximumRate: 0
		};
		for (let r = 0; r < config.replicas; r++)
			station.replicas.push(this.makeReplica(station, r, 1));
		if (config.cache) station.cache = this.makeCache(config);
		return station;
	}

	makeReplica(station: Station, index: number, up: 0 | 1 | 2): Replica {
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

	makeCache(config: Service): CacheState {
		const model = config.cache as NonNullable<Service['cache']>;
		const cumulative = new Float64Array(model.keys);
		let sum = 0;
		for (let k = 0; k < model.keys; k++) {
			sum += 1 / power(k + 1, model.skew);
			cumulative[k] = sum;
		}
		const cache: CacheState = { cumulative, expires: new Map(), loading: new Map() };
		const filled = Math.min(model.keys, Math.floor(model.capacity * model.warm));
		const random = new RandomStream(this.seed, `warm:${config.id}`);
		// Least popular first, so that they are the least recently used; ages are uniform over the time to live.
		for (let k = filled - 1; k >= 0; k--)
			cache.expires.set(
				k,
				model.ttlSeconds ? model.ttlSeconds * 1000 * random.uniform() : Infinity
			);
		return cache;
	}

	makeLink(config: Call, index: number, flows: Flow[]): Link {
		const from = this.stationIndex.get(config.from) as number;
		const to = this.stationIndex.get(config.to) as number;
		return {
			index,
			config,
			original: copy(config),
			from,
			to,
			random: new RandomStream(this.seed, `call:${config.id}`),
			flows: Uint8Array.from(flows, (f) => (!config.flows || config.flows.includes(f.id) ? 1 : 0)),
			topic: -1,
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
			attempts: 0,
			retries: 0,
			errors: 0,
			times: new Histogram(),
			poolWait: 0,
			poolTaken: 0
		};
	}

	/** Calls of each service in the order they are made, for each flow. */
	arrange(station: Station, flows: Flow[]) {
		const own = this.links.filter((link) => link.from === station.index);
		if (station.config.kind === 'broker') {
			for (const link of own) {
				link.topic = station.topicIndex.get(link.config.topic ?? '') ?? 0;
				station.subscriptions.push(link.index);
				(this.stations[link.to] as Station).consumes.push(link.index);
			}
			return;
		}
		for (const link of own) {
			const broker = this.stations[link.to] as Station;
			if (broker.config.kind === 'broker')
				link.topic = broker.topicIndex.get(link.config.topic ?? '') ?? 0;
		}
		station.groups = flows.map((_, flow) => {
			const orders = new Map<number, number[]>();
			own.forEach((link, position) => {
				if (!link.flows[flow]) return;
				const order = link.config.order ?? 1000 + position;
				orders.set(order, [...(orders.get(order) ?? []), link.index]);
			});
			return [...orders].sort((a, b) => a[0] - b[0]).map(([, indices]) => Int32Array.from(indices));
		});
	}

	startPeriodic(station: Station) {
		const { stall, autoscaling } = station.config;
		if (stall)
			station.replicas.forEach((_, r) =>
				this.heap.push(
					this.now + (stall.everySeconds * 1000 * (r + 1)) / station.replicas.length,
					Event.Stall,
					station.index,
					r + station.epoch * 4096
				)
			);
		if (autoscaling)
			this.heap.push(
				this.now + autoscaling.everySeconds * 1000,
				Event.Autoscale,
				station.index,
				station.epoch
			);
	}

	topology() {
		return {
			services: this.stations.map((s) => s.config),
			calls: this.links.map((link) => link.config),
			flows: this.streams.map((stream) => stream.config)
		};
	}

	/* ---------- arrivals ---------- */

	factorAt(stream: Stream, time: number): number {
		const shape = stream.config.shape;
		const burst = time < stream.burstUntil ? stream.burstFactor : 1;
		if (!shape || shape.length === 0) return burst;
		const seconds = time / 1000;
		let previous = shape[0] as { atSeconds: number; factor: number };
		if (seconds <= previous.atSeconds) return previous.factor * burst;
		for (const point of shape) {
			if (seconds < point.atSeconds)
				return (
					(previous.factor +
						((point.factor - previous.factor) * (seconds - previous.atSeconds)) /
							(point.atSeconds - previous.atSeconds)) *
					burst
				);
			previous = point;
		}
		return previous.factor * burst;
	}

	/** Thinning (Lewis and Shedler, 1979): candidates at the highest rate, kept with the ratio of the rates. */
	scheduleArrival(index: number) {
		const stream = this.streams[index] as Stream;
		const peak = this.peak(stream);
		if (peak <= 0) return;
		const gap = stream.config.arrivals === 'regular' ? 1 : stream.random.exponential();
		this.heap.push(this.now + (gap * 1000) / peak, Event.Arrive, index, stream.epoch);
	}

	peak(stream: Stream): number {
		const shape = stream.config.shape;
		let highest = 1;
		if (shape && shape.length) {
			highest = 0;
			for (const { factor } of shape) if (factor > highest) highest = factor;
		}
		if (this.now < stream.burstUntil) highest *= Math.max(1, stream.burstFactor);
		return stream.rate * highest;
	}

	arrive(index: number, epoch: number) {
		const stream = this.streams[index] as Stream;
		if (epoch !== stream.epoch) return;
		const ratio = (stream.rate * this.factorAt(stream, this.now)) / this.peak(stream);
		this.scheduleArrival(index);
		if (ratio < 1 && stream.random.uniform() >= ratio) return;
		if (this.n - this.free.length >= maximumVisits) {
			this.limits.add(`requests in flight (${maximumVisits})`);
			stream.offered++;
			stream.errors++;
			if (stream.facing) {
				this.offered++;
				this.errors[REJECTED]!++;
			}
			return;
		}
		stream.offered++;
		if (stream.facing) {
			this.offered++;
			this.inFlight++;
		}
		const visit = this.newVisit(stream.entry, index, -1, 0, -1);
		if (this.arrivalCount++ % 7 === 0) this.beginTrace(visit, index);
		this.deliver(visit);
	}

	/* ---------- visits ---------- */

	newVisit(
		service: number,
		flow: number,
		invocation: number,
		invocationGen: number,
		link: number
	): number {
		const visit = this.free.length ? (this.free.pop() as number) : this.n++;
		this.vGen[visit] = (this.vGen[visit] ?? 0) + 1;
		this.vService[visit] = service;
		this.vFlow[visit] = flow;
		this.vInvocation[visit] = invocation;
		this.vInvocationGen[visit] = invocationGen;
		this.vState[visit] = State.Travelling;
		this.vReplica[visit] = -1;
		this.vArrived[visit] = this.now;
		this.vStarted[visit] = 0;
		this.vWork[visit] = 0;
		this.vStall[visit] = 0;
		this.vStage[visit] = -1;
		this.vPending[visit] = 0;
		this.vCause[visit] = OK;
		this.vWillFail[visit] = 0;
		this.vKey[visit] = -1;
		this.vMessage[visit] = -1;
		this.vTrace[visit] = -1;
		this.vSpan[visit] = -1;
		this.vLink[visit] = link;
		return visit;
	}

	account(s: Station) {
		const span = this.now - s.since;
		if (span > 0) {
			s.busyArea += span * s.busy;
			s.queueArea += span * s.waiting;
			s.insideArea += span * s.inside;
			s.since = this.now;
		}
	}

	deliver(visit: number) {
		const s = this.stations[this.vService[visit]!]!;
		this.vArrived[visit] = this.now;
		s.arrived++;
		this.account(s);
		s.inside++;
		if (!this.admit(s, this.vFlow[visit]!)) return this.finish(visit, REJECTED);
		const config = s.config;
		if (config.workers === 0) return this.start(visit, s, -1);
		const balancing = config.balancing ?? 'shared';
		if (balancing === 'shared') {
			const r = this.freeReplica(s);
			if (r >= 0) return this.start(visit, s, r);
			if (s.waiting >= (config.queueLimit ?? maximumBacklog) || !this.anyUp(s))
				return this.finish(visit, REJECTED);
			this.vState[visit] = State.Queued;
			s.queue.push(visit);
			s.waiting++;
			return;
		}
		const r = this.pick(s, balancing);
		if (r < 0) return this.finish(visit, REJECTED);
		const replica = s.replicas[r]!;
		if (replica.busy < config.workers) return this.start(visit, s, r);
		if (replica.inside - replica.busy >= (config.queueLimit ?? maximumBacklog))
			return this.finish(visit, REJECTED);
		this.vState[visit] = State.Queued;
		this.vReplica[visit] = r;
		replica.queue.push(visit);
		replica.inside++;
		s.waiting++;
	}

	admit(s: Station, flow: number): boolean {
		const admission = s.config.admission;
		if (!admission) return true;
		const share = this.streams[flow]!.low ? (admission.lowPriorityShare ?? 1) : 1;
		if (admission.concurrency !== undefined && s.inside - 1 >= admission.concurrency * share)
			return false;
		const bucket = admission.tokenBucket;
		if (bucket) {
			s.tokens = Math.min(bucket.burst, s.tokens + ((this.now - s.tokensAt) / 1000) * bucket.rate);
			s.tokensAt = this.now;
			if (s.tokens < 1 + (1 - share) * bucket.burst) return false;
			s.tokens -= 1;
		}
		return true;
	}

	anyUp(s: Station) {
		for (const r of s.replicas) if (r.up === 1) return true;
		return false;
	}

	freeReplica(s: Station): number {
		let best = -1,
			least = s.config.workers;
		for (let r = 0; r < s.replicas.length; r++) {
			const it = s.replicas[r]!;
			if (it.up === 1 && !it.draining && it.busy < least) {
				least = it.busy;
				best = r;
			}
		}
		return best;
	}

	pick(s: Station, balancing: 'round-robin' | 'least-busy'): number {
		const count = s.replicas.length;
		if (balancing === 'round-robin') {
			for (let step = 0; step < count; step++) {
				const r = (s.turn + step) % count;
				const it = s.replicas[r]!;
				if (it.up === 1 && !it.draining) {
					s.turn = r + 1;
					return r;
				}
			}
			return -1;
		}
		let best = -1,
			least = Infinity;
		for (let step = 0; step < count; step++) {
			const r = (s.turn + step) % count;
			const it = s.replicas[r]!;
			if (it.up === 1 && !it.draining && it.inside < least) {
				least = it.inside;
				best = r;
			}
		}
		if (best >= 0) s.turn = best + 1;
		return best;
	}

	start(visit: number, s: Station, r: number) {
		const config = s.config;
		const assigned = this.vReplica[visit] === r;
		this.vState[visit] = State.Working;
		this.vReplica[visit] = r;
		this.vStarted[visit] = this.now;
		s.busy++;
		let work = config.serviceTime.meanMs * s.random.positive(config.serviceTime.variation);
		let failure = config.failureRatio ?? 0;
		const luck = s.random.uniform();
		if (r >= 0) {
			const replica = s.replicas[r]!;
			replica.busy++;
			if (!assigned) replica.inside++;
			work *= replica.slowdown;
			if (replica.failureRatio >= 0) failure = replica.failureRatio;
			const others = replica.busy - 1;
			if (config.contention || config.coherency)
				work *=
					1 + (config.contention ?? 0) * others + (config.coherency ?? 0) * (others + 1) * others;
			this.vStall[visit] = replica.stallTotal;
			if (luck < failure && replica.failureMs >= 0) work = replica.failureMs;
			if (replica.stalledUntil > this.now) work += replica.stalledUntil - this.now;
		}
		this.vWillFail[visit] = luck < failure ? 1 : 0;
		this.vWork[visit] = work;
		this.heap.push(this.now + work, Event.WorkDone, visit, this.vGen[visit]!);
	}

	workDone(visit: number, gen: number) {
		if (this.vGen[visit] !== gen) return;
		const s = this.stations[this.vService[visit]!]!;
		const r = this.vReplica[visit]!;
		if (r >= 0) {
			const late = s.replicas[r]!.stallTotal - this.vStall[visit]!;
			if (late > 0) {
				this.vStall[visit]! += late;
				this.vWork[visit]! += late;
				this.heap.push(this.now + late, Event.WorkDone, visit, gen);
				return;
			}
		}
		if (this.vWillFail[visit]) return this.finish(visit, FAILED);
		this.vState[visit] = State.Calling;
		this.vStage[visit] = 0;
		if (s.cache && this.vMessage[visit]! < 0) {
			if (this.lookUp(visit, s, s.cache)) return;
		}
		const link = this.vLink[visit]!;
		if (s.config.kind === 'broker' && link >= 0) {
			this.publish(s, this.links[link]!.topic, this.vFlow[visit]!);
			return this.finish(visit, OK);
		}
		this.proceed(visit);
	}

	/** Makes the calls of the current stage; ends the visit when all stages are through. */
	proceed(visit: number) {
		const s = this.stations[this.vService[visit]!]!;
		const groups = s.groups[this.vFlow[visit]!];
		const gen = this.vGen[visit]!;
		for (;;) {
			if (this.vCause[visit] !== OK)
				return this.finish(
					visit,
					this.vInvocation[visit]! < 0 && this.vMessage[visit]! < 0
						? this.vCause[visit]!
						: DEPENDENCY
				);
			const group = groups?.[this.vStage[visit]!];
			if (!group) {
				if (this.vKey[visit]! >= 0) this.fill(visit, s);
				return this.finish(visit, OK);
			}
			this.vStage[visit]!++;
			this.vPending[visit] = 1; // this loop itself, so that calls that answer at once do not end the stage early
			for (let i = 0; i < group.length; i++) {
				this.call(group[i]!, visit);
				if (this.vGen[visit] !== gen) return;
			}
			if (--this.vPending[visit]! > 0) return;
		}
	}

	call(index: number, visit: number) {
		const link = this.links[index]!;
		const config = link.config;
		const share = config.share ?? 1;
		if (share < 1 && link.random.uniform() >= share) return;
		const times = config.times ?? 1;
		if (times <= 0) return;
		if (config.mode === 'async') {
			for (let t = 0; t < times; t++) this.sendAsync(link, visit);
			return;
		}
		this.vPending[visit]!++;
		const inv = this.freeInv.length ? (this.freeInv.pop() as number) : this.m++;
		this.iGen[inv] = (this.iGen[inv] ?? 0) + 1;
		this.iLink[inv] = index;
		this.iParent[inv] = visit;
		this.iParentGen[inv] = this.vGen[visit]!;
		this.iAttempt[inv] = 0;
		this.iAttemptGen[inv] = (this.iAttemptGen[inv] ?? 0) + 1;
		this.iVisit[inv] = -1;
		this.iVisitGen[inv] = 0;
		this.iSent[inv] = 0;
		this.iAsked[inv] = 0;
		this.iConnection[inv] = -1;
		this.iLeft[inv] = times;
		this.iSpan[inv] = -1;
		this.iProbe[inv] = 0;
		this.attempt(inv);
	}

	sendAsync(link: Link, visit: number) {
		link.attempts++;
		const loss = link.config.lossRatio ?? 0;
		if (loss > 0 && link.random.uniform() < loss) {
			link.errors++;
			return;
		}
		if (this.n - this.free.length >= maximumVisits) {
			this.limits.add(`requests in flight (${maximumVisits})`);
			link.errors++;
			return;
		}
		const child = this.newVisit(link.to, this.vFlow[visit]!, -1, 0, link.index);
		this.vMessage[child] = maximumBacklog; // nobody waits: not a root
		if (this.vTrace[visit]! >= 0) {
			this.joinTrace(child, visit, link, 1, true);
		}
		const latency = link.config.latencyMs ?? 0;
		if (latency > 0)
			this.heap.push(this.now + latency / 2, Event.Deliver, child, this.vGen[child]!);
		else this.deliver(child);
	}

	attempt(inv: number) {
		const link = this.links[this.iLink[inv]!]!;
		this.iAttempt[inv]!++;
		const agen = ++this.iAttemptGen[inv]!;
		this.iAsked[inv] = this.now;
		const parent = this.iParent[inv]!;
		if (this.vTrace[parent]! >= 0)
			this.iSpan[inv] = this.openSpan(parent, link, this.iAttempt[inv]!);
		link.attempts++;
		if (this.iAttempt[inv]! > 1) link.retries++;
		else if (link.config.retries?.budget !== undefined)
			link.budget = Math.min(10, link.budget + link.config.retries.budget);
		if (!this.breakerLets(link, inv)) return this.attemptFailed(inv, BREAKER, false);
		const pool = link.config.pool;
		if (!pool) return this.dispatch(inv);
		const r = Math.max(0, this.vReplica[parent]!);
		const used = link.used[r] ?? 0;
		if (used < pool.size) {
			link.used[r] = used + 1;
			this.iConnection[inv] = r;
			link.poolTaken++;
			return this.dispatch(inv);
		}
		(link.waiters[r] ??= new Ring()).push(inv);
		link.waiters[r]!.push(agen);
		this.heap.push(this.now + pool.waitMs, Event.PoolTimeout, inv, agen);
	}

	dispatch(inv: number) {
		const link = this.links[this.iLink[inv]!]!;
		const agen = this.iAttemptGen[inv]!;
		this.iSent[inv] = this.now;
		const timeout = link.config.timeoutMs ?? 60_000;
		const loss = link.config.lossRatio ?? 0;
		if (loss > 0 && link.random.uniform() < loss) {
			this.heap.push(this.now + timeout, Event.Timeout, inv, agen);
			return;
		}
		if (this.n - this.free.length >= maximumVisits) {
			this.limits.add(`requests in flight (${maximumVisits})`);
			return this.attemptFailed(inv, REJECTED, true);
		}
		const parent = this.iParent[inv]!;
		const child = this.newVisit(link.to, this.vFlow[parent]!, inv, agen, link.index);
		this.iVisit[inv] = child;
		this.iVisitGen[inv] = this.vGen[child]!;
		if (this.vTrace[parent]! >= 0) {
			this.vTrace[child] = this.vTrace[parent]!;
			this.vSpan[child] = this.iSpan[inv]!;
			this.tracing[this.vTrace[parent]!]!.open++;
		}
		this.heap.push(this.now + timeout, Event.Timeout, inv, agen);
		const latency = link.config.latencyMs ?? 0;
		if (latency > 0)
			this.heap.push(this.now + latency / 2, Event.Deliver, child, this.vGen[child]!);
		else this.deliver(child);
	}

	breakerLets(link: Link, inv: number): boolean {
		this.iProbe[inv] = 0;
		if (link.breaker === 0) return true;
		if (link.breaker === 1) {
			if (link.forced || this.now < link.openUntil) return false;
			link.breaker = 2;
			link.probesLeft = link.config.breaker?.probes ?? 1;
			link.probesOk = 0;
			this.log('info', link.from, `circuit to ${this.stations[link.to]!.config.id} half-open`);
		}
		if (link.probesLeft <= 0) return false;
		link.probesLeft--;
		this.iProbe[inv] = 1;
		return true;
	}

	breakerSees(link: Link, inv: number, failed: boolean) {
		const config = link.config.breaker;
		if (!config) return;
		if (link.breaker === 2) {
			if (!this.iProbe[inv]) return;
			if (failed) {
				this.openBreaker(link);
				return;
			}
			if (++link.probesOk >= config.probes) {
				this.closeBreaker(link);
			}
			return;
		}
		if (link.breaker === 1) return;
		const at = link.outcomeAt;
		if (link.outcomeCount === config.window) link.failures -= link.outcomes[at]!;
		else link.outcomeCount++;
		link.outcomes[at] = failed ? 1 : 0;
		link.failures += failed ? 1 : 0;
		link.outcomeAt = (at + 1) % config.window;
		if (link.outcomeCount === config.window && link.failures >= config.threshold * config.window)
			this.openBreaker(link);
	}
	openBreaker(link: Link) {
		link.breaker = 1;
		link.openUntil = this.now + (link.config.breaker?.openSeconds ?? 5) * 1000;
		this.log('warn', link.from, `circuit to ${this.stations[link.to]!.config.id} open`);
	}
	closeBreaker(link: Link) {
		link.breaker = 0;
		link.forced = false;
		link.outcomes = new Uint8Array(link.config.breaker?.window ?? 1);
		link.outcomeAt = 0;
		link.outcomeCount = 0;
		link.failures = 0;
		this.log('info', link.from, `circuit to ${this.stations[link.to]!.config.id} closed`);
	}

	releaseConnection(inv: number) {
		const r = this.iConnection[inv]!;
		if (r < 0) return;
		this.iConnection[inv] = -1;
		const link = this.links[this.iLink[inv]!]!;
		link.used[r]!--;
		this.serveWaiters(link, r);
	}

	serveWaiters(link: Link, r: number) {
		const waiters = link.waiters[r];
		const size = link.config.pool?.size ?? Infinity;
		while (waiters && waiters.length > 0 && (link.used[r] ?? 0) < size) {
			const next = waiters.shift();
			const agen = waiters.shift();
			if (this.iAttemptGen[next] !== agen) continue;
			link.used[r] = (link.used[r] ?? 0) + 1;
			this.iConnection[next] = r;
			link.poolWait += this.now - this.iAsked[next]!;
			link.poolTaken++;
			this.dispatch(next);
		}
	}

	responded(inv: number, agen: number, cause: number) {
		if (this.iAttemptGen[inv] !== agen) return;
		if (cause !== OK) return this.attemptFailed(inv, cause, true);
		const link = this.links[this.iLink[inv]!]!;
		this.iAttemptGen[inv]!++;
		link.times.add(this.now - this.iAsked[inv]!);
		this.breakerSees(link, inv, false);
		this.closeSpan(inv, OK);
		this.releaseConnection(inv);
		this.invocationDone(inv, OK);
	}

	attemptFailed(inv: number, cause: number, sent: boolean) {
		const link = this.links[this.iLink[inv]!]!;
		const config = link.config;
		const agen = ++this.iAttemptGen[inv]!;
		link.errors++;
		if (sent) {
			link.times.add(this.now - this.iAsked[inv]!);
			this.breakerSees(link, inv, true);
		}
		this.closeSpan(inv, cause);
		this.releaseConnection(inv);
		const retries = config.retries;
		const parent = this.iParent[inv]!;
		if (
			retries &&
			this.iAttempt[inv]! < retries.attempts &&
			this.vGen[parent] === this.iParentGen[inv]
		) {
			let allowed = true;
			if (retries.budget !== undefined) {
				if (link.budget >= 1) link.budget -= 1;
				else allowed = false;
			}
			if (allowed) {
				let backoff = retries.backoffMs;
				for (let k = 1; k < this.iAttempt[inv]!; k++) backoff *= 2;
				if (retries.maxBackoffMs !== undefined && backoff > retries.maxBackoffMs)
					backoff = retries.maxBackoffMs;
				const jitter = retries.jitter ?? 0;
				if (jitter > 0) backoff *= 1 - jitter * link.random.uniform();
				this.heap.push(this.now + backoff, Event.Retry, inv, agen);
				return;
			}
		}
		this.invocationDone(inv, cause);
	}

	invocationDone(inv: number, cause: number) {
		const parent = this.iParent[inv]!;
		const link = this.links[this.iLink[inv]!]!;
		if (this.vGen[parent] !== this.iParentGen[inv]) {
			this.freeInvocation(inv);
			return;
		}
		if (cause !== OK && link.config.fallback !== 'degraded') this.vCause[parent] = cause;
		else if (--this.iLeft[inv]! > 0) {
			this.iAttempt[inv] = 0;
			return this.attempt(inv);
		}
		this.freeInvocation(inv);
		if (--this.vPending[parent]! === 0) this.proceed(parent);
	}
	freeInvocation(inv: number) {
		this.iGen[inv]!++;
		this.iAttemptGen[inv]!++;
		this.freeInv.push(inv);
	}

	timedOut(inv: number, agen: number) {
		if (this.iAttemptGen[inv] !== agen) return;
		const visit = this.iVisit[inv]!;
		if (
			visit >= 0 &&
			this.vGen[visit] === this.iVisitGen[inv] &&
			this.links[this.iLink[inv]!]!.config.cancellation
		)
			this.cancel(visit);
		this.attemptFailed(inv, TIMEOUT, true);
	}

	/** The caller has given up and says so: work on it and below it stops. */
	cancel(visit: number) {
		this.vInvocation[visit] = -1;
		this.vMessage[visit] = maximumBacklog;
		if (this.vState[visit] === State.Queued) {
			this.vState[visit] = State.Cancelled;
			const s = this.stations[this.vService[visit]!]!;
			this.account(s);
			s.waiting--;
			s.inside--;
			s.errors++;
			return;
		}
		if (this.vState[visit] === State.Travelling || this.vState[visit] === State.Joining) return;
		for (let inv = 0; inv < this.m; inv++) {
			if (this.iParent[inv] !== visit || this.iParentGen[inv] !== this.vGen[visit]) continue;
			const child = this.iVisit[inv]!;
			if (child >= 0 && this.vGen[child] === this.iVisitGen[inv]) this.cancel(child);
			this.closeSpan(inv, TIMEOUT);
			this.releaseConnection(inv);
			this.freeInvocation(inv);
		}
		this.finish(visit, TIMEOUT);
	}

	finish(visit: number, cause: number) {
		const s = this.stations[this.vService[visit]!]!;
		const state = this.vState[visit]!;
		this.account(s);
		s.inside--;
		const r = this.vReplica[visit]!;
		const worked = state === State.Working || state === State.Calling || state === State.Joining;
		if (worked) {
			s.busy--;
			if (r >= 0) {
				const replica = s.replicas[r];
				if (replica) {
					replica.busy--;
					replica.inside--;
				}
			}
		}
		if (cause === OK) s.completed++;
		else s.errors++;
		s.times.add(this.now - this.vArrived[visit]!);
		if (cause === FAILED)
			this.log(
				'error',
				s.index,
				`request failed after ${Math.round(this.now - this.vArrived[visit]!)} ms`
			);
		else if (cause === REJECTED)
			this.log('warn', s.index, `queue full, request refused (${s.waiting} waiting)`);
		if (cause !== OK && this.vKey[visit]! >= 0 && s.cache) this.loadFailed(visit, s, s.cache);
		const trace = this.vTrace[visit]!;
		if (trace >= 0) this.endSpan(visit, cause);
		const inv = this.vInvocation[visit]!,
			invGen = this.vInvocationGen[visit]!;
		const message = this.vMessage[visit]!,
			flow = this.vFlow[visit]!,
			link = this.vLink[visit]!;
		const elapsed = this.now - this.vArrived[visit]!;
		this.vGen[visit]!++;
		this.vState[visit] = State.Free;
		this.free.push(visit);
		if (inv >= 0) {
			const latency = this.links[link]!.config.latencyMs ?? 0;
			if (latency > 0)
				this.heap.push(this.now + latency / 2, Event.Respond, inv, invGen * 8 + cause + 1);
			else this.responded(inv, invGen, cause);
		} else if (message >= 0 && message < maximumBacklog) this.acknowledge(link, message, cause);
		else if (message < 0) this.answered(flow, cause, elapsed);
		if (worked) this.serveNext(s, r);
	}

	answered(flow: number, cause: number, elapsed: number) {
		const stream = this.streams[flow]!;
		if (cause === OK) {
			stream.completed++;
			stream.times.add(elapsed);
		} else stream.errors++;
		if (!stream.facing) return;
		this.inFlight--;
		if (cause === OK) {
			this.completed++;
			this.times.add(elapsed);
		} else this.errors[cause]!++;
	}

	serveNext(s: Station, r: number) {
		if (s.config.workers === 0) return;
		if (r >= 0 && r >= s.replicas.length) return;
		const balancing = s.config.balancing ?? 'shared';
		const lifo = s.config.queueDiscipline === 'adaptive-lifo';
		const limit = s.config.queueLimit ?? maximumBacklog;
		const queue = balancing === 'shared' ? s.queue : s.replicas[r]?.queue;
		while (queue && queue.length > 0) {
			const replica =
				balancing === 'shared'
					? this.freeReplica(s)
					: s.replicas[r]!.up === 1 && s.replicas[r]!.busy < s.config.workers
						? r
						: -1;
			if (replica < 0) return;
			const visit = lifo && s.waiting > limit / 2 ? queue.pop() : queue.shift();
			if (this.vState[visit] === State.Cancelled) {
				if (balancing !== 'shared') s.replicas[r]!.inside--;
				this.vGen[visit]!++;
				this.vState[visit] = State.Free;
				this.free.push(visit);
				continue;
			}
			this.account(s);
			s.waiting--;
			this.start(visit, s, replica);
		}
		for (const index of s.consumes) this.consume(this.links[index]!);
	}

	/* ---------- caches ---------- */

	/** True when the visit has been dealt with. */
	lookUp(visit: number, s: Station, cache: CacheState): boolean {
		s.lookups++;
		const sum = cache.cumulative[cache.cumulative.length - 1]!;
		const target = s.random.uniform() * sum;
		let low = 0,
			high = cache.cumulative.length - 1;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (cache.cumulative[middle]! < target) low = middle + 1;
			else high = middle;
		}
		const expires = cache.expires.get(low);
		if (expires !== undefined && expires > this.now) {
			s.hits++;
			cache.expires.delete(low);
			cache.expires.set(low, expires);
			if (this.vSpan[visit]! >= 0)
				this.tracing[this.vTrace[visit]!]!.spans[this.vSpan[visit]!]!.hit = true;
			this.finish(visit, OK);
			return true;
		}
		if (this.vSpan[visit]! >= 0)
			this.tracing[this.vTrace[visit]!]!.spans[this.vSpan[visit]!]!.hit = false;
		const model = s.config.cache!;
		if (model.coalesce) {
			const waiting = cache.loading.get(low);
			if (waiting) {
				waiting.push(visit, this.vGen[visit]!);
				this.vState[visit] = State.Joining;
				return true;
			}
			cache.loading.set(low, []);
		}
		this.vKey[visit] = low;
		return false;
	}

	fill(visit: number, s: Station) {
		const cache = s.cache!,
			model = s.config.cache!,
			key = this.vKey[visit]!;
		const life = model.ttlSeconds
			? model.ttlSeconds * 1000 * (1 - (model.ttlJitter ?? 0) * s.random.uniform())
			: Infinity;
		cache.expires.delete(key);
		cache.expires.set(key, this.now + life);
		if (cache.expires.size > model.capacity)
			cache.expires.delete(cache.expires.keys().next().value as number);
		this.vKey[visit] = -1;
		const waiting = cache.loading.get(key);
		cache.loading.delete(key);
		if (waiting)
			for (let i = 0; i < waiting.length; i += 2)
				if (this.vGen[waiting[i]!] === waiting[i + 1]) this.finish(waiting[i]!, OK);
	}

	loadFailed(visit: number, s: Station, cache: CacheState) {
		const key = this.vKey[visit]!;
		this.vKey[visit] = -1;
		const waiting = cache.loading.get(key);
		cache.loading.delete(key);
		if (waiting)
			for (let i = 0; i < waiting.length; i += 2)
				if (this.vGen[waiting[i]!] === waiting[i + 1]) this.finish(waiting[i]!, DEPENDENCY);
	}

	/* ---------- brokers: messages wait in partitions; a group works on at most one message of a partition at a time ---------- */

	publish(s: Station, topicIndex: number, flow: number) {
		const topic = s.topics[topicIndex];
		if (!topic) return;
		const partition = topic.partitions[topic.turn++ % topic.partitions.length]!;
		if (partition.times.length >= maximumBacklog) {
			this.limits.add(`messages in a partition (${maximumBacklog})`);
			return;
		}
		partition.times.push(this.now);
		partition.flows.push(flow);
		for (const index of s.subscriptions) {
			const link = this.links[index]!;
			if (link.topic === topicIndex) this.consume(link);
		}
	}

	consume(link: Link) {
		if (this.now < link.pausedUntil) return;
		const broker = this.stations[link.from]!,
			consumer = this.stations[link.to]!;
		const topic = broker.topics[link.topic];
		if (!topic) return;
		const count = topic.partitions.length;
		for (let step = 0; step < count; step++) {
			if (consumer.config.workers > 0 && this.freeReplica(consumer) < 0) return;
			const p = (link.outcomeAt + step) % count;
			const partition = topic.partitions[p]!;
			if (partition.busy) continue;
			if (topic.retentionMs > 0)
				while (
					partition.times.length > 0 &&
					this.now - partition.times.items[partition.times.head]! > topic.retentionMs
				) {
					partition.times.shift();
					partition.flows.shift();
					partition.head++;
					broker.errors++;
				}
			if (partition.times.length === 0) continue;
			partition.busy = true;
			const flow = partition.flows.items[partition.flows.head]!;
			link.attempts++;
			const visit = this.newVisit(link.to, Math.max(0, flow), -1, 0, link.index);
			this.vMessage[visit] = p;
			link.outcomeAt = (p + 1) % count;
			this.deliver(visit);
		}
	}

	acknowledge(index: number, p: number, cause: number) {
		const link = this.links[index]!;
		const partition = this.stations[link.from]!.topics[link.topic]!.partitions[p]!;
		const poisoned = partition.flows.length > 0 && partition.flows.items[partition.flows.head]! < 0;
		if (cause !== OK || poisoned) {
			link.errors++;
			link.retries++;
			if (poisoned)
				this.log(
					'error',
					link.to,
					`cannot read message ${partition.head} of ${link.config.topic ?? ''}-${p}, will try again`
				);
			this.heap.push(this.now + 1000, Event.Redeliver, index, p); // the same message again, after a pause
			return;
		}
		partition.busy = false;
		partition.times.shift();
		partition.flows.shift();
		partition.head++;
		this.consume(link);
	}

	/* ---------- the clock ---------- */

	run(until: number) {
		const heap = this.heap;
		while (heap.next <= until) {
			heap.pop();
			this.now = heap.time;
			const a = heap.first,
				b = heap.second;
			switch (heap.kind as Event) {
				case Event.Arrive:
					this.arrive(a, b);
					break;
				case Event.Deliver:
					if (this.vGen[a] === b) this.deliver(a);
					break;
				case Event.WorkDone:
					this.workDone(a, b);
					break;
				case Event.Respond:
					this.responded(a, b >> 3, (b & 7) - 1);
					break;
				case Event.Timeout:
					this.timedOut(a, b);
					break;
				case Event.Retry:
					if (this.iAttemptGen[a] === b) {
						if (this.vGen[this.iParent[a]!] === this.iParentGen[a]) this.attempt(a);
						else this.freeInvocation(a);
					}
					break;
				case Event.PoolTimeout:
					if (this.iAttemptGen[a] === b && this.iConnection[a] === -1) {
						const link = this.links[this.iLink[a]!]!;
						link.poolWait += this.now - this.iAsked[a]!;
						link.poolTaken++;
						this.attemptFailed(a, POOL, true);
					}
					break;
				case Event.Stall:
					this.stall(a, b);
					break;
				case Event.Autoscale:
					this.autoscale(a, b);
					break;
				case Event.ReplicaReady: {
					const replica = this.stations[a]!.replicas[b];
					if (replica && replica.up === 2) {
						replica.up = 1;
						this.log('info', a, `replica ${b} ready`);
						this.serveNext(this.stations[a]!, b);
					}
					break;
				}
				case Event.Change:
					this.apply(this.changes[a]!);
					break;
				case Event.Resume: {
					const s = this.stations[a]!;
					s.replicas.forEach((_, r) => this.serveNext(s, r));
					break;
				}
				case Event.Rebalanced:
					if (this.now >= this.links[a]!.pausedUntil) this.consume(this.links[a]!);
					break;
				case Event.Redeliver: {
					const link = this.links[a]!;
					const partition = this.stations[link.from]!.topics[link.topic]!.partitions[b]!;
					partition.busy = false;
					this.consume(link);
					break;
				}
			}
		}
		this.now = until;
	}

	stall(index: number, code: number) {
		const s = this.stations[index]!;
		const stall = s.config.stall;
		const r = code % 4096;
		if (!stall || Math.floor(code / 4096) !== s.epoch) return;
		const replica = s.replicas[r];
		if (replica) {
			replica.stallTotal += stall.forMs;
			replica.stalledUntil = this.now + stall.forMs;
		}
		this.heap.push(this.now + stall.everySeconds * 1000, Event.Stall, index, code);
	}

	autoscale(index: number, epoch: number) {
		const s = this.stations[index]!;
		const policy = s.config.autoscaling;
		if (!policy || epoch !== s.epoch) return;
		this.account(s);
		let up = 0;
		for (const r of s.replicas) if (r.up) up++;
		const measured =
			policy.metric === 'utilisation'
				? s.config.workers
					? s.busy / (up * s.config.workers)
					: 0
				: s.inside / Math.max(1, up);
		const ratio = measured / policy.target;
		let wanted = ratio > 0.9 && ratio < 1.1 ? up : Math.ceil(up * ratio);
		wanted = Math.min(policy.maximum, Math.max(policy.minimum, wanted));
		if (wanted > up) {
			s.lowSince = -1;
			this.scale(s, wanted);
		} else if (wanted < up) {
			if (s.lowSince < 0) s.lowSince = this.now;
			else if (this.now - s.lowSince >= policy.scaleInAfterSeconds * 1000) {
				s.lowSince = -1;
				this.scale(s, wanted);
			}
		} else s.lowSince = -1;
		this.heap.push(this.now + policy.everySeconds * 1000, Event.Autoscale, index, epoch);
	}

	scale(s: Station, replicas: number) {
		this.log('info', s.index, `scaling from ${s.asked} to ${replicas} replicas`);
		s.asked = replicas;
		let up = 0;
		for (const r of s.replicas) if (r.up && !r.draining) up++;
		for (let r = 0; r < s.replicas.length && up < replicas; r++)
			if (!s.replicas[r]!.up || s.replicas[r]!.draining) {
				this.boot(s, r);
				up++;
			}
		while (up < replicas) {
			s.replicas.push(this.makeReplica(s, s.replicas.length, 0));
			this.boot(s, s.replicas.length - 1);
			up++;
		}
		for (let r = s.replicas.length - 1; r >= 0 && up > replicas; r--)
			if (s.replicas[r]!.up && !s.replicas[r]!.draining) {
				this.drain(s, r);
				up--;
			}
		for (const index of s.consumes) this.rebalance(index);
	}

	boot(s: Station, r: number) {
		const replica = s.replicas[r]!;
		const starting = (s.config.startupSeconds ?? 0) * 1000;
		replica.draining = false;
		replica.up = starting > 0 ? 2 : 1;
		if (starting > 0) this.heap.push(this.now + starting, Event.ReplicaReady, s.index, r);
		else this.serveNext(s, r);
	}

	/** Takes no more; what it works on is finished, what waits for it goes to the others. */
	drain(s: Station, r: number) {
		const replica = s.replicas[r]!;
		replica.draining = true;
		replica.up = 0;
		this.redistribute(s, replica);
	}

	redistribute(s: Station, replica: Replica) {
		while (replica.queue.length > 0) {
			const visit = replica.queue.shift();
			replica.inside--;
			this.account(s);
			s.waiting--;
			s.inside--;
			if (this.vState[visit] === State.Cancelled) {
				s.waiting++;
				s.inside++;
				this.vGen[visit]!++;
				this.free.push(visit);
				continue;
			}
			this.vReplica[visit] = -1;
			this.vState[visit] = State.Travelling;
			s.arrived--;
			this.deliver(visit);
		}
	}

	kill(s: Station, r: number) {
		const replica = s.replicas[r];
		if (!replica) return;
		replica.up = 0;
		replica.draining = false;
		for (let visit = 0; visit < this.n; visit++)
			if (
				this.vService[visit] === s.index &&
				this.vReplica[visit] === r &&
				(this.vState[visit] === State.Working ||
					this.vState[visit] === State.Calling ||
					this.vState[visit] === State.Joining)
			)
				this.finish(visit, FAILED);
		this.redistribute(s, replica);
	}

	rebalance(index: number) {
		const link = this.links[index]!;
		link.pausedUntil = Math.max(link.pausedUntil, this.now + 3000);
		this.log('warn', link.to, `group ${link.config.group ?? 'default'} is rebalancing`);
		this.heap.push(link.pausedUntil, Event.Rebalanced, index, 0);
	}

	/* ---------- changes ---------- */

	apply(change: Change): void {
		if ('service' in change)
			this.log('info', this.stationIndex.get(change.service)!, `${change.verb}`);
		const s =
			'service' in change
				? this.stations[this.stationIndex.get(change.service)!]!
				: (undefined as unknown as Station);
		const link =
			'call' in change
				? this.links[this.linkIndex.get(change.call)!]!
				: (undefined as unknown as Link);
		switch (change.verb) {
			case 'scale':
				this.scale(s, change.replicas);
				break;
			case 'set-workers':
				this.account(s);
				s.config.workers = change.workers;
				this.resume(s);
				break;
			case 'set-service-time':
				s.config.serviceTime = {
					meanMs: change.meanMs,
					variation: change.variation ?? s.config.serviceTime.variation
				};
				break;
			case 'set-failure-ratio':
				s.config.failureRatio = change.ratio;
				break;
			case 'set-queue':
				if (change.limit === null) delete s.config.queueLimit;
				else s.config.queueLimit = change.limit;
				if (change.discipline) s.config.queueDiscipline = change.discipline;
				break;
			case 'set-balancing':
				this.rebalanceQueues(s, change.balancing);
				break;
			case 'set-stall':
				s.epoch++;
				if (change.stall) s.config.stall = change.stall;
				else delete s.config.stall;
				this.startPeriodic(s);
				break;
			case 'set-contention':
				s.config.contention = change.contention;
				s.config.coherency = change.coherency;
				break;
			case 'set-autoscaling':
				s.epoch++;
				if (change.autoscaling) s.config.autoscaling = change.autoscaling;
				else delete s.config.autoscaling;
				this.startPeriodic(s);
				break;
			case 'set-admission':
				if (change.admission) {
					s.config.admission = change.admission;
					s.tokens = change.admission.tokenBucket?.burst ?? 0;
					s.tokensAt = this.now;
				} else delete s.config.admission;
				break;
			case 'override-replica': {
				const replica = s.replicas[change.override.replica];
				if (replica) {
					replica.slowdown = change.override.slowdown ?? 1;
					replica.failureRatio = change.override.failureRatio ?? -1;
					replica.failureMs = change.override.failureMs ?? -1;
				}
				break;
			}
			case 'drain-replica':
				if (s.replicas[change.replica]) this.drain(s, change.replica);
				break;
			case 'kill-replica':
				this.kill(s, change.replica);
				break;
			case 'restart':
				s.replicas.forEach((_, r) => this.kill(s, r));
				while (s.queue.length) {
					const visit = s.queue.shift();
					if (this.vState[visit] === State.Cancelled) {
						this.vGen[visit]!++;
						this.free.push(visit);
						continue;
					}
					this.account(s);
					s.waiting--;
					this.finish(visit, FAILED);
				}
				if (s.cache) s.cache.expires.clear();
				for (let r = 0; r < s.asked; r++) if (s.replicas[r]) this.boot(s, r);
				break;
			case 'pause':
				for (const replica of s.replicas) {
					replica.stallTotal += change.seconds * 1000;
					replica.stalledUntil = this.now + change.seconds * 1000;
				}
				break;
			case 'purge-queue':
				this.purge(s, change.olderThanMs ?? 0);
				break;
			case 'set-call':
				this.setCall(link, change.set);
				break;
			case 'open-breaker':
				link.breaker = 1;
				link.forced = true;
				link.openUntil = Infinity;
				break;
			case 'close-breaker':
				this.closeBreaker(link);
				break;
			case 'flush-cache':
				if (s.cache) {
					const share = change.share ?? 1;
					if (share >= 1) s.cache.expires.clear();
					else {
						const keys = [...s.cache.expires.keys()];
						for (const key of keys) if (s.random.uniform() < share) s.cache.expires.delete(key);
					}
				}
				break;
			case 'set-cache':
				if (s.config.cache) {
					const before = s.config.cache;
					s.config.cache = { ...before, ...change.set };
					if (
						change.set.keys !== undefined ||
						change.set.skew !== undefined ||
						change.set.warm !== undefined
					) {
						const old = s.cache!;
						s.cache = this.makeCache(s.config);
						s.cache.loading = old.loading;
						if (change.set.warm === undefined) s.cache.expires = old.expires;
					}
					while (s.cache!.expires.size > s.config.cache.capacity)
						s.cache!.expires.delete(s.cache!.expires.keys().next().value as number);
				}
				break;
			case 'pause-consumers':
				link.pausedUntil = change.seconds === null ? Infinity : this.now + change.seconds * 1000;
				if (change.seconds !== null)
					this.heap.push(link.pausedUntil, Event.Rebalanced, link.index, 0);
				break;
			case 'resume-consumers':
				link.pausedUntil = this.now;
				this.consume(link);
				break;
			case 'publish-poison': {
				const broker = this.stations[this.stationIndex.get(change.broker)!]!;
				const partition =
					broker.topics[broker.topicIndex.get(change.topic)!]!.partitions[change.partition];
				if (partition) {
					partition.times.push(this.now);
					partition.flows.push(-1);
					for (const index of broker.subscriptions) this.consume(this.links[index]!);
				}
				break;
			}
			case 'park-poison': {
				const broker = this.stations[this.stationIndex.get(change.broker)!]!;
				for (const partition of broker.topics[broker.topicIndex.get(change.topic)!]!.partitions)
					for (let at = partition.flows.head; at < partition.flows.items.length; at++)
						if (partition.flows.items[at]! < 0) partition.flows.items[at] = 0;
				break;
			}
			case 'set-rate': {
				const index = this.streamIndex.get(change.flow)!;
				const stream = this.streams[index]!;
				stream.rate = change.rate;
				stream.epoch++;
				this.scheduleArrival(index);
				break;
			}
			case 'burst': {
				const index = this.streamIndex.get(change.flow)!;
				const stream = this.streams[index]!;
				stream.burstFactor = change.factor;
				stream.burstUntil = this.now + change.seconds * 1000;
				stream.epoch++;
				this.scheduleArrival(index);
				break;
			}
			case 'roll-back':
				this.rollBack(s);
				break;
			case 'roll-back-call':
				this.setCall(link, {
					pool: null,
					timeoutMs: null,
					retries: null,
					breaker: null,
					share: 1,
					times: 1,
					latencyMs: 0,
					lossRatio: 0,
					fallback: 'error',
					cancellation: false
				});
				link.config = copy(link.original);
				link.outcomes = new Uint8Array(link.config.breaker?.window ?? 1);
				for (let r = 0; r < link.waiters.length; r++) this.serveWaiters(link, r);
				break;
		}
	}

	resume(s: Station) {
		s.replicas.forEach((_, r) => this.serveNext(s, r));
	}

	rebalanceQueues(s: Station, balancing: 'shared' | 'round-robin' | 'least-busy') {
		s.config.balancing = balancing;
		const waiting: number[] = [];
		while (s.queue.length) waiting.push(s.queue.shift());
		for (const replica of s.replicas)
			while (replica.queue.length) {
				waiting.push(replica.queue.shift());
				replica.inside--;
			}
		this.account(s);
		for (const visit of waiting) {
			if (this.vState[visit] === State.Cancelled) {
				this.vGen[visit]!++;
				this.free.push(visit);
				continue;
			}
			s.waiting--;
			s.inside--;
			s.arrived--;
			this.vReplica[visit] = -1;
			this.vState[visit] = State.Travelling;
			this.deliver(visit);
		}
	}

	purge(s: Station, olderThanMs: number) {
		this.account(s);
		for (const queue of [s.queue, ...s.replicas.map((replica) => replica.queue)])
			for (let at = queue.head; at < queue.items.length; at++) {
				const visit = queue.items[at]!;
				if (this.vState[visit] !== State.Queued || this.now - this.vArrived[visit]! < olderThanMs)
					continue;
				s.waiting--;
				const replica = this.vReplica[visit]!;
				this.vState[visit] = State.Cancelled;
				s.inside--;
				s.errors++;
				void replica;
				const inv = this.vInvocation[visit]!,
					gen = this.vInvocationGen[visit]!;
				if (inv >= 0) this.responded(inv, gen, REJECTED);
				else if (this.vMessage[visit]! < 0) this.answered(this.vFlow[visit]!, REJECTED, 0);
				this.vInvocation[visit] = -1;
				this.vMessage[visit] = maximumBacklog;
			}
		for (const topic of s.topics)
			for (const partition of topic.partitions) {
				const keep = partition.busy ? 1 : 0;
				while (
					partition.times.length > keep &&
					this.now - partition.times.items[partition.times.items.length - 1]! >= 0 &&
					this.now - partition.times.items[partition.times.head + keep]! >= olderThanMs
				) {
					partition.times.items.splice(partition.times.head + keep, 1);
					partition.flows.items.splice(partition.flows.head + keep, 1);
				}
			}
	}

	setCall(link: Link, set: Extract<Change, { verb: 'set-call' }>['set']) {
		const merged = Object.entries({ ...link.config, ...set }).filter(([, value]) => value !== null);
		link.config = Object.fromEntries(merged) as unknown as Call;
		if ('breaker' in set) this.closeBreaker(link);
		for (let r = 0; r < link.waiters.length; r++) this.serveWaiters(link, r);
	}

	rollBack(s: Station) {
		const original = copy(s.original);
		const balancing = original.balancing ?? 'shared';
		const changed = (s.config.balancing ?? 'shared') !== balancing;
		s.config = original;
		s.epoch++;
		this.startPeriodic(s);
		s.replicas.forEach((replica, r) => {
			const own = s.config.replicaOverrides?.find((o) => o.replica === r);
			replica.slowdown = own?.slowdown ?? 1;
			replica.failureRatio = own?.failureRatio ?? -1;
			replica.failureMs = own?.failureMs ?? -1;
		});
		if (changed) this.rebalanceQueues(s, balancing);
		if (s.asked !== s.original.replicas) this.scale(s, s.original.replicas);
		this.resume(s);
	}

	/* ---------- reports ---------- */

	report(): Report {
		const errors = {} as Record<ErrorCause, number>;
		let failed = 0;
		errorCauses.forEach((cause, index) => {
			errors[cause] = this.errors[index]!;
			failed += this.errors[index]!;
		});
		const ended = failed + this.completed;
		const report: Report = {
			time: Math.round(this.now / 1000),
			offered: this.offered,
			completed: this.completed,
			errors,
			inFlight: this.inFlight,
			throughput: this.completed,
			errorRatio: ended === 0 ? 0 : failed / ended,
			meanMs: this.times.mean,
			p50Ms: this.times.percentile(0.5),
			p95Ms: this.times.percentile(0.95),
			p99Ms: this.times.percentile(0.99),
			flows: {},
			services: {},
			calls: {}
		};
		for (const stream of this.streams) {
			report.flows[stream.config.id] = {
				offered: stream.offered,
				completed: stream.completed,
				errors: stream.errors,
				meanMs: stream.times.mean,
				p50Ms: stream.times.percentile(0.5),
				p95Ms: stream.times.percentile(0.95),
				p99Ms: stream.times.percentile(0.99)
			};
			stream.offered = stream.completed = stream.errors = 0;
			stream.times.clear();
		}
		for (const s of this.stations) report.services[s.config.id] = this.reportStation(s);
		for (const link of this.links) {
			report.calls[link.config.id] = {
				attempts: link.attempts,
				retries: link.retries,
				errors: link.errors,
				meanMs: link.times.mean,
				poolWaitMs: link.poolTaken ? link.poolWait / link.poolTaken : 0,
				...(link.config.breaker || link.forced
					? { breaker: (['closed', 'open', 'half-open'] as const)[link.breaker]! }
					: {})
			};
			link.attempts = link.retries = link.errors = 0;
			link.poolWait = link.poolTaken = 0;
			link.times.clear();
		}
		if (this.limits.size) report.limits = [...this.limits].sort();
		this.limits.clear();
		this.errors.fill(0);
		this.offered = this.completed = 0;
		this.times.clear();
		this.linesThisSecond = 0;
		return report;
	}

	reportStation(s: Station): Report['services'][string] {
		this.account(s);
		let up = 0;
		for (const r of s.replicas) if (r.up === 1) up++;
		const workers = up * s.config.workers;
		const result: Report['services'][string] = {
			arrived: s.arrived,
			completed: s.completed,
			errors: s.errors,
			utilisation: workers
				? Math.min(1, s.busyArea / 1000 / workers)
				: s.config.workers && s.busyArea
					? 1
					: 0,
			queueDepth: s.queueArea / 1000,
			inFlight: s.insideArea / 1000,
			replicas: up,
			meanMs: s.times.mean,
			p95Ms: s.times.percentile(0.95)
		};
		if (s.cache) result.hitRatio = s.lookups ? s.hits / s.lookups : 0;
		if (s.topics.length) {
			let lag = 0,
				oldest = this.now;
			for (const topic of s.topics)
				for (const partition of topic.partitions) {
					lag += partition.times.length;
					if (partition.times.length)
						oldest = Math.min(oldest, partition.times.items[partition.times.head]!);
				}
			result.lag = lag;
			result.ageSeconds = (this.now - oldest) / 1000;
		}
		s.arrived = s.completed = s.errors = 0;
		s.busyArea = s.queueArea = s.insideArea = 0;
		s.hits = s.lookups = 0;
		s.times.clear();
		return result;
	}

	/* ---------- traces ---------- */

	beginTrace(visit: number, flow: number) {
		const record: TraceRecord = {
			flow,
			start: this.now,
			duration: -1,
			outcome: OK,
			spans: [],
			open: 1
		};
		const slot = this.freeTrace.length ? (this.freeTrace.pop() as number) : this.tracing.length;
		this.tracing[slot] = record;
		record.spans.push({
			id: 0,
			service: this.stations[this.vService[visit]!]!.config.id,
			attempt: 1,
			startMs: 0,
			durationMs: 0,
			waitMs: 0,
			workMs: 0,
			async: false,
			outcome: 'ok'
		});
		this.vTrace[visit] = slot;
		this.vSpan[visit] = 0;
	}

	openSpan(parent: number, link: Link, attempt: number): number {
		const record = this.tracing[this.vTrace[parent]!]!;
		const id = record.spans.length;
		record.spans.push({
			id,
			parent: this.vSpan[parent]!,
			service: this.stations[link.to]!.config.id,
			call: link.config.id,
			attempt,
			startMs: this.now - record.start,
			durationMs: -1,
			waitMs: 0,
			workMs: 0,
			async: false,
			outcome: 'ok'
		});
		return id;
	}

	joinTrace(child: number, parent: number, link: Link, attempt: number, async: boolean) {
		const span = this.openSpan(parent, link, attempt);
		const slot = this.vTrace[parent]!;
		this.tracing[slot]!.spans[span]!.async = async;
		this.tracing[slot]!.open++;
		this.vTrace[child] = slot;
		this.vSpan[child] = span;
	}

	/** The caller's view ends: it has its answer, or has given up. */
	closeSpan(inv: number, cause: number) {
		const parent = this.iParent[inv]!,
			id = this.iSpan[inv]!;
		if (id < 0 || this.vGen[parent] !== this.iParentGen[inv] || this.vTrace[parent]! < 0) return;
		const record = this.tracing[this.vTrace[parent]!];
		const span = record?.spans[id];
		if (!record || !span || span.durationMs >= 0) return;
		span.durationMs = this.now - record.start - span.startMs;
		span.outcome = cause === OK ? 'ok' : errorCauses[cause]!;
	}

	endSpan(visit: number, cause: number) {
		const slot = this.vTrace[visit]!;
		const record = this.tracing[slot]!;
		const id = this.vSpan[visit]!;
		const span = record.spans[id]!;
		const started = this.vStarted[visit]!;
		if (span.workMs === 0 && started > 0) {
			span.workMs =
				this.vState[visit] === State.Working
					? Math.min(this.vWork[visit]!, this.now - started)
					: this.vWork[visit]!;
			span.waitMs = Math.max(0, started - this.vArrived[visit]!);
		} else if (started === 0) span.waitMs = this.now - this.vArrived[visit]!;
		if (id === 0) {
			record.duration = this.now - record.start;
			record.outcome = cause;
			span.durationMs = record.duration;
			span.outcome = cause === OK ? 'ok' : errorCauses[cause]!;
			this.traces.push(record);
			if (this.traces.length > 400) this.traces.shift();
		} else if (span.async) {
			span.durationMs = this.now - record.start - span.startMs;
			span.outcome = cause === OK ? 'ok' : errorCauses[cause]!;
		}
		if (--record.open === 0) {
			this.tracing[slot] = undefined;
			this.freeTrace.push(slot);
		}
	}

	trace(query: TraceQuery): Trace | undefined {
		const fits = this.traces.filter(
			(record) =>
				(query.flow === undefined || this.streams[record.flow]!.config.id === query.flow) &&
				(query.service === undefined ||
					record.spans.some((span) => span.service === query.service)) &&
				(query.kind === 'failed') === (record.outcome !== OK)
		);
		if (fits.length === 0) return undefined;
		if (query.kind === 'failed') return this.show(fits[fits.length - 1]!);
		const sorted = [...fits].sort((a, b) => a.duration - b.duration);
		return this.show(
			sorted[
				Math.min(sorted.length - 1, Math.floor(sorted.length * (query.kind === 'p50' ? 0.5 : 0.95)))
			]!
		);
	}

	show(record: TraceRecord): Trace {
		return {
			flow: this.streams[record.flow]!.config.id,
			startSeconds: record.start / 1000,
			durationMs: record.duration,
			outcome: record.outcome === OK ? 'ok' : errorCauses[record.outcome]!,
			spans: copy(record.spans.filter((span) => span.durationMs >= 0))
		};
	}

	log(level: LogLine['level'], station: number, text: string) {
		if (this.linesThisSecond++ >= 20) return;
		this.lines.push({
			time: this.now / 1000,
			level,
			service: this.stations[station]!.config.id,
			text
		});
		if (this.lines.length > 2000) this.lines.splice(0, 1000);
	}
}

function copy<Value>(value: Value): Value {
	return JSON.parse(JSON.stringify(value)) as Value;
}

/** base ** exponent from exact operations. */
function power(base: number, exponent: number): number {
	if (exponent === 1) return base;
	if (exponent === 0) return 1;
	return exactExp(exponent * exactLog(base));
}
