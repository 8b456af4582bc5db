import { breakerForgets, breakerLets, breakerSees } from './breakers';
import { fill, loadFailed, lookUp } from './caching';
import { EventHeap } from './event-heap';
import { autoscale, stall } from './fleet';
import { apply } from './intervene';
import { acknowledge, consume, joinGroup, partitionsOf, publish } from './messaging';
import {
	BREAKER,
	copy,
	DEPENDENCY,
	Event,
	FAILED,
	type Link,
	makeLink,
	makeStation,
	maximumBacklog,
	maximumVisits,
	OK,
	POOL,
	REJECTED,
	State,
	type Station,
	type Stream,
	TIMEOUT,
	type TraceRecord
} from './model';
import { RandomStream } from './random';
import { ResponseTimes } from './response-times';
import { Ring } from './ring';
import {
	beginTrace,
	closeSpan,
	endSpan,
	joinTrace,
	openSpan,
	tracedEvery,
	waited
} from './tracing';
import { errorCauses, type Flow, type LogLine, type Change, type SimulationInput } from './types';

const startSize = 1024;

function doubled<Values extends Float64Array | Int32Array>(old: Values): Values {
	const bigger = new (old.constructor as new (length: number) => Values)(old.length * 2);
	bigger.set(old);
	return bigger;
}

/**
 * The event loop: arrivals, visits at services and the calls between them. Parallel arrays hold visits (`v…`) and the
 * calls they wait for (`i…`); a slot's generation tells a late event from one of its present use.
 */
export class Engine {
	now = 0;
	/** Events handled since the start. */
	events = 0;
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
	vService = new Int32Array(startSize);
	vFlow = new Int32Array(startSize);
	vInvocation = new Int32Array(startSize);
	vInvocationGen = new Int32Array(startSize);
	vGen = new Int32Array(startSize);
	vState = new Int32Array(startSize);
	vReplica = new Int32Array(startSize);
	vArrived = new Float64Array(startSize);
	vStarted = new Float64Array(startSize);
	vWork = new Float64Array(startSize);
	vStall = new Float64Array(startSize);
	vStage = new Int32Array(startSize);
	vPending = new Int32Array(startSize);
	vCause = new Int32Array(startSize);
	vWillFail = new Int32Array(startSize);
	vKey = new Int32Array(startSize);
	vMessage = new Int32Array(startSize);
	vTrace = new Int32Array(startSize);
	vSpan = new Int32Array(startSize);
	vLink = new Int32Array(startSize);
	// invocations
	m = 0;
	freeInv: number[] = [];
	iLink = new Int32Array(startSize);
	iParent = new Int32Array(startSize);
	iParentGen = new Int32Array(startSize);
	iGen = new Int32Array(startSize);
	iAttempt = new Int32Array(startSize);
	iAttemptGen = new Int32Array(startSize);
	iVisit = new Int32Array(startSize);
	iVisitGen = new Int32Array(startSize);
	iSent = new Float64Array(startSize);
	iAsked = new Float64Array(startSize);
	iConnection = new Int32Array(startSize);
	iLeft = new Int32Array(startSize);
	iSpan = new Int32Array(startSize);
	iProbe = new Int32Array(startSize);
	errors = new Int32Array(errorCauses.length);
	offered = 0;
	completed = 0;
	inFlight = 0;
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
		this.stations = topology.services.map((config, index) => makeStation(this, config, index));
		this.links = topology.calls.map((config, index) =>
			makeLink(this, config, index, workload.flows)
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
			times: new ResponseTimes()
		}));
		for (const station of this.stations) this.arrange(station, workload.flows);
		this.streams.forEach((_, index) => this.scheduleArrival(index));
		for (const { atSeconds, change } of input.changes ?? []) {
			this.changes.push(change);
			this.heap.push(atSeconds * 1000, Event.Change, this.changes.length - 1, 0);
		}
		for (const station of this.stations) this.startPeriodic(station);
	}

	/** Calls of each service in the order they are made, for each flow. */
	arrange(station: Station, flows: Flow[]) {
		const own = this.links.filter((link) => link.from === station.index);
		if (station.config.kind === 'broker') {
			for (const link of own) {
				link.topic = station.topicIndex.get(link.config.topic ?? '') ?? 0;
				link.group = joinGroup(station, link);
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
		if (stream.config.shape === undefined && stream.burstUntil === 0) return stream.rate;
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
		const steady = stream.config.shape === undefined && stream.burstUntil === 0;
		const ratio = steady ? 1 : (stream.rate * this.factorAt(stream, this.now)) / this.peak(stream);
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
		if (this.arrivalCount++ % tracedEvery === 0) beginTrace(this, visit, index);
		this.deliver(visit);
	}

	/** Twice as many slots. */
	growVisits() {
		this.vService = doubled(this.vService);
		this.vFlow = doubled(this.vFlow);
		this.vInvocation = doubled(this.vInvocation);
		this.vInvocationGen = doubled(this.vInvocationGen);
		this.vGen = doubled(this.vGen);
		this.vState = doubled(this.vState);
		this.vReplica = doubled(this.vReplica);
		this.vArrived = doubled(this.vArrived);
		this.vStarted = doubled(this.vStarted);
		this.vWork = doubled(this.vWork);
		this.vStall = doubled(this.vStall);
		this.vStage = doubled(this.vStage);
		this.vPending = doubled(this.vPending);
		this.vCause = doubled(this.vCause);
		this.vWillFail = doubled(this.vWillFail);
		this.vKey = doubled(this.vKey);
		this.vMessage = doubled(this.vMessage);
		this.vTrace = doubled(this.vTrace);
		this.vSpan = doubled(this.vSpan);
		this.vLink = doubled(this.vLink);
	}

	growInvocations() {
		this.iLink = doubled(this.iLink);
		this.iParent = doubled(this.iParent);
		this.iParentGen = doubled(this.iParentGen);
		this.iGen = doubled(this.iGen);
		this.iAttempt = doubled(this.iAttempt);
		this.iAttemptGen = doubled(this.iAttemptGen);
		this.iVisit = doubled(this.iVisit);
		this.iVisitGen = doubled(this.iVisitGen);
		this.iSent = doubled(this.iSent);
		this.iAsked = doubled(this.iAsked);
		this.iConnection = doubled(this.iConnection);
		this.iLeft = doubled(this.iLeft);
		this.iSpan = doubled(this.iSpan);
		this.iProbe = doubled(this.iProbe);
	}

	newVisit(
		service: number,
		flow: number,
		invocation: number,
		invocationGen: number,
		link: number
	): number {
		const visit = this.free.length ? (this.free.pop() as number) : this.n++;
		if (visit === this.vGen.length) this.growVisits();
		this.vGen[visit]!++;
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
		this.place(visit, s);
	}

	/** To a free worker, into a queue, or refused. */
	place(visit: number, s: Station) {
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
		if (s.cache && lookUp(this, visit, s, s.cache)) return;
		const link = this.vLink[visit]!;
		if (s.config.kind === 'broker' && link >= 0) {
			publish(this, s, this.links[link]!.topic, this.vFlow[visit]!);
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
				if (this.vKey[visit]! >= 0) fill(this, visit, s);
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
		if (inv === this.iGen.length) this.growInvocations();
		this.iGen[inv]!++;
		this.iLink[inv] = index;
		this.iParent[inv] = visit;
		this.iParentGen[inv] = this.vGen[visit]!;
		this.iAttempt[inv] = 0;
		this.iAttemptGen[inv]!++;
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
			joinTrace(this, child, visit, link, 1, true);
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
			this.iSpan[inv] = openSpan(this, parent, link, this.iAttempt[inv]!);
		link.attempts++;
		if (this.iAttempt[inv]! > 1) link.retries++;
		else if (link.config.retries?.budget !== undefined)
			link.budget = Math.min(10, link.budget + link.config.retries.budget);
		if (!breakerLets(this, link, inv)) return this.attemptFailed(inv, BREAKER, false);
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
		if (this.iSpan[inv]! >= 0) waited(this, inv);
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
		this.await(link, inv, agen, this.now + timeout);
		const latency = link.config.latencyMs ?? 0;
		if (latency > 0)
			this.heap.push(this.now + latency / 2, Event.Deliver, child, this.vGen[child]!);
		else this.deliver(child);
	}

	/**
	 * Sets a deadline. A call's deadlines come in the order in which they are set, unless its timeout was shortened
	 * meanwhile, so that they wait in a ring and only the first of them is an event. Most are answered long before.
	 */
	await(link: Link, inv: number, agen: number, deadline: number) {
		const { deadlines } = link;
		this.dropAnswered(deadlines);
		if (deadlines.length > 0 && deadline < deadlines.at(deadlines.length - 1)) {
			this.heap.push(deadline, Event.Timeout, inv, agen);
			return;
		}
		deadlines.push(inv);
		deadlines.push(agen);
		deadlines.push(deadline);
		if (deadline < link.alarmAt) this.alarm(link, deadline);
	}

	/** An event for the first deadline; one that was set before for a later moment finds itself superseded. */
	alarm(link: Link, at: number) {
		link.alarmAt = at;
		this.heap.push(at, Event.Deadline, link.index, 0);
	}

	dropAnswered(deadlines: Ring) {
		while (deadlines.length > 0 && this.iAttemptGen[deadlines.at(0)] !== deadlines.at(1))
			deadlines.drop(3);
	}

	deadline(link: Link) {
		if (this.now !== link.alarmAt) return;
		link.alarmAt = Infinity;
		const { deadlines } = link;
		for (;;) {
			this.dropAnswered(deadlines);
			if (deadlines.length === 0) return;
			const due = deadlines.at(2);
			if (due > this.now) {
				if (due < link.alarmAt) this.alarm(link, due);
				return;
			}
			const inv = deadlines.at(0);
			const agen = deadlines.at(1);
			deadlines.drop(3);
			this.timedOut(inv, agen);
		}
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
		link.ended++;
		link.time += this.now - this.iAsked[inv]!;
		breakerSees(this, link, inv, false);
		closeSpan(this, inv, OK);
		this.releaseConnection(inv);
		this.invocationDone(inv, OK);
	}

	attemptFailed(inv: number, cause: number, sent: boolean) {
		const link = this.links[this.iLink[inv]!]!;
		const config = link.config;
		const agen = ++this.iAttemptGen[inv]!;
		link.errors++;
		if (sent) {
			link.ended++;
			link.time += this.now - this.iAsked[inv]!;
			breakerSees(this, link, inv, true);
		}
		closeSpan(this, inv, cause);
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
		if (this.vState[visit] === State.Queued) return this.abandon(visit, TIMEOUT);
		if (this.vState[visit] === State.Travelling) {
			if (this.vTrace[visit]! >= 0) endSpan(this, visit, TIMEOUT);
			return this.release(visit);
		}
		if (this.vState[visit] === State.Joining) return;
		for (let inv = 0; inv < this.m; inv++) {
			if (this.iParent[inv] !== visit || this.iParentGen[inv] !== this.vGen[visit]) continue;
			const child = this.iVisit[inv]!;
			if (child >= 0 && this.vGen[child] === this.iVisitGen[inv]) this.cancel(child);
			closeSpan(this, inv, TIMEOUT);
			breakerForgets(this, inv);
			this.releaseConnection(inv);
			this.freeInvocation(inv);
		}
		this.finish(visit, TIMEOUT);
	}

	/** Ends the wait of a visit; its slot stays taken until its turn in the queue comes. */
	abandon(visit: number, cause: number) {
		const s = this.stations[this.vService[visit]!]!;
		this.account(s);
		s.waiting--;
		s.inside--;
		s.errors++;
		const r = this.vReplica[visit]!;
		if (r >= 0) s.replicas[r]!.inside--;
		if (this.vTrace[visit]! >= 0) endSpan(this, visit, cause);
		this.vState[visit] = State.Cancelled;
	}

	release(visit: number) {
		this.vGen[visit]!++;
		this.vState[visit] = State.Free;
		this.free.push(visit);
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
		if (cause !== OK && this.vKey[visit]! >= 0 && s.cache) loadFailed(this, visit, s, s.cache);
		const trace = this.vTrace[visit]!;
		if (trace >= 0) endSpan(this, visit, cause);
		const inv = this.vInvocation[visit]!,
			invGen = this.vInvocationGen[visit]!;
		const message = this.vMessage[visit]!,
			flow = this.vFlow[visit]!,
			link = this.vLink[visit]!;
		const elapsed = this.now - this.vArrived[visit]!;
		this.release(visit);
		if (inv >= 0) {
			const latency = this.links[link]!.config.latencyMs ?? 0;
			if (latency > 0)
				this.heap.push(this.now + latency / 2, Event.Respond, inv, invGen * 8 + cause + 1);
			else this.responded(inv, invGen, cause);
		} else if (message >= 0 && message < maximumBacklog) acknowledge(this, link, message, cause);
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
		if (cause === OK) this.completed++;
		else this.errors[cause]!++;
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
			const waiting = balancing === 'shared' ? s.waiting : queue.length;
			const visit = lifo && waiting > limit / 2 ? queue.pop() : queue.shift();
			if (this.vState[visit] === State.Cancelled) {
				this.release(visit);
				continue;
			}
			this.account(s);
			s.waiting--;
			this.start(visit, s, replica);
		}
		for (const index of s.consumes) consume(this, this.links[index]!);
	}

	run(until: number) {
		const heap = this.heap;
		while (heap.popUntil(until)) {
			this.events++;
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
				case Event.Deadline:
					this.deadline(this.links[a]!);
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
					stall(this, a, b);
					break;
				case Event.Autoscale:
					autoscale(this, a, b);
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
					apply(this, this.changes[a]!);
					break;
				case Event.Resume: {
					const s = this.stations[a]!;
					s.replicas.forEach((_, r) => this.serveNext(s, r));
					break;
				}
				case Event.Rebalanced:
					if (this.now >= this.links[a]!.pausedUntil) consume(this, this.links[a]!);
					break;
				case Event.Redeliver: {
					const link = this.links[a]!;
					const partition = partitionsOf(this, link)[b]!;
					partition.busy = false;
					consume(this, link);
					break;
				}
			}
		}
		this.now = until;
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
