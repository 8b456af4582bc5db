/** The closed vocabulary of changes, applied. */

import type { Engine } from './engine';
import { closeBreaker } from './breakers';
import { boot, drain, kill, rebalanceQueues, resume, scale } from './fleet';
import { acknowledge, consume } from './messaging';
import {
	copy,
	Event,
	FAILED,
	type Link,
	makeCache,
	maximumBacklog,
	REJECTED,
	State,
	type Station
} from './model';
import { type CacheModel, type Call, type Change } from './types';

export function apply(engine: Engine, change: Change): void {
	if ('service' in change)
		engine.log('info', engine.stationIndex.get(change.service)!, `${change.verb}`);
	const s =
		'service' in change
			? engine.stations[engine.stationIndex.get(change.service)!]!
			: (undefined as unknown as Station);
	const link =
		'call' in change
			? engine.links[engine.linkIndex.get(change.call)!]!
			: (undefined as unknown as Link);
	switch (change.verb) {
		case 'scale':
			scale(engine, s, change.replicas);
			break;
		case 'set-workers':
			engine.account(s);
			s.config.workers = change.workers;
			if (change.workers === 0) startAll(engine, s);
			resume(engine, s);
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
			rebalanceQueues(engine, s, change.balancing);
			break;
		case 'set-stall':
			s.epoch++;
			if (change.stall) s.config.stall = change.stall;
			else delete s.config.stall;
			engine.startPeriodic(s);
			break;
		case 'set-contention':
			s.config.contention = change.contention;
			s.config.coherency = change.coherency;
			break;
		case 'set-autoscaling':
			s.epoch++;
			if (change.autoscaling) s.config.autoscaling = change.autoscaling;
			else delete s.config.autoscaling;
			engine.startPeriodic(s);
			break;
		case 'set-admission':
			if (change.admission) {
				s.config.admission = change.admission;
				s.tokens = change.admission.tokenBucket?.burst ?? 0;
				s.tokensAt = engine.now;
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
			if (s.replicas[change.replica]) drain(engine, s, change.replica);
			break;
		case 'kill-replica':
			kill(engine, s, change.replica);
			break;
		case 'restart':
			s.replicas.forEach((_, r) => kill(engine, s, r));
			while (s.queue.length) {
				const visit = s.queue.shift();
				if (engine.vState[visit] === State.Cancelled) {
					engine.release(visit);
					continue;
				}
				engine.account(s);
				s.waiting--;
				engine.finish(visit, FAILED);
			}
			if (s.cache) s.cache.expires.clear();
			for (let r = 0; r < s.asked; r++) if (s.replicas[r]) boot(engine, s, r);
			break;
		case 'pause':
			for (const replica of s.replicas) {
				replica.stallTotal += change.seconds * 1000;
				replica.stalledUntil = Math.max(replica.stalledUntil, engine.now + change.seconds * 1000);
			}
			break;
		case 'purge-queue':
			purge(engine, s, change.olderThanMs ?? 0);
			break;
		case 'set-call':
			setCall(engine, link, change.set);
			break;
		case 'open-breaker':
			link.breaker = 1;
			link.forced = true;
			link.openUntil = Infinity;
			break;
		case 'close-breaker':
			closeBreaker(engine, link);
			break;
		case 'flush-cache':
			if (s.cache) {
				const share = change.share ?? 1;
				if (share >= 1) s.cache.expires.clear();
				else {
					for (const key of s.cache.expires.keys())
						if (s.random.uniform() < share) s.cache.expires.delete(key);
				}
			}
			break;
		case 'set-cache':
			if (s.config.cache) {
				const before = s.config.cache;
				s.config.cache = { ...before, ...change.set };
				fitCache(engine, s, before, change.set.warm !== undefined);
			}
			break;
		case 'pause-consumers':
			link.pausedUntil = change.seconds === null ? Infinity : engine.now + change.seconds * 1000;
			if (change.seconds !== null)
				engine.heap.push(link.pausedUntil, Event.Rebalanced, link.index, 0);
			break;
		case 'resume-consumers':
			link.pausedUntil = engine.now;
			consume(engine, link);
			break;
		case 'publish-poison': {
			const broker = engine.stations[engine.stationIndex.get(change.broker)!]!;
			for (const partitions of broker.topics[broker.topicIndex.get(change.topic)!]!.groups) {
				partitions[change.partition]!.times.push(engine.now);
				partitions[change.partition]!.flows.push(-1);
			}
			for (const index of broker.subscriptions) consume(engine, engine.links[index]!);
			break;
		}
		case 'park-poison': {
			const broker = engine.stations[engine.stationIndex.get(change.broker)!]!;
			for (const partition of broker.topics[broker.topicIndex.get(change.topic)!]!.groups.flat())
				for (let at = 0; at < partition.flows.length; at++)
					if (partition.flows.at(at) < 0) partition.flows.replace(at, 0);
			break;
		}
		case 'set-rate': {
			const index = engine.streamIndex.get(change.flow)!;
			const stream = engine.streams[index]!;
			stream.rate = change.rate;
			stream.epoch++;
			engine.scheduleArrival(index);
			break;
		}
		case 'burst': {
			const index = engine.streamIndex.get(change.flow)!;
			const stream = engine.streams[index]!;
			stream.burstFactor = change.factor;
			stream.burstUntil = engine.now + change.seconds * 1000;
			stream.epoch++;
			engine.scheduleArrival(index);
			break;
		}
		case 'roll-back':
			rollBack(engine, s);
			break;
		case 'roll-back-call':
			setCall(engine, link, {
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
			for (let r = 0; r < link.waiters.length; r++) engine.serveWaiters(link, r);
			break;
	}
}

/** Without a limit on workers nothing waits any more. */
function startAll(engine: Engine, s: Station) {
	for (const queue of [s.queue, ...s.replicas.map((replica) => replica.queue)])
		while (queue.length > 0) {
			const visit = queue.shift();
			if (engine.vState[visit] === State.Cancelled) {
				engine.release(visit);
				continue;
			}
			engine.account(s);
			s.waiting--;
			if (engine.vReplica[visit]! >= 0) s.replicas[engine.vReplica[visit]!]!.inside--;
			engine.start(visit, s, -1);
		}
}

/** After another model of it: popularity anew where keys or skew differ, contents anew where they are to be warm. */
function fitCache(engine: Engine, s: Station, before: CacheModel, warm: boolean) {
	const model = s.config.cache!;
	const old = s.cache!;
	if (warm || model.keys !== before.keys || model.skew !== before.skew) {
		s.cache = makeCache(engine, s.config);
		s.cache.loading = old.loading;
		if (!warm) s.cache.expires = old.expires;
	}
	const { expires } = s.cache!;
	while (expires.size > model.capacity) expires.deleteOldest();
}

export function purge(engine: Engine, s: Station, olderThanMs: number) {
	engine.account(s);
	for (const queue of [s.queue, ...s.replicas.map((replica) => replica.queue)])
		for (let at = 0; at < queue.length; at++) {
			const visit = queue.at(at);
			if (
				engine.vState[visit] !== State.Queued ||
				engine.now - engine.vArrived[visit]! < olderThanMs
			)
				continue;
			engine.abandon(visit, REJECTED);
			const inv = engine.vInvocation[visit]!,
				gen = engine.vInvocationGen[visit]!;
			if (inv >= 0) engine.responded(inv, gen, REJECTED);
			else if (engine.vMessage[visit]! < 0) engine.answered(engine.vFlow[visit]!, REJECTED, 0);
			else if (engine.vMessage[visit]! < maximumBacklog)
				acknowledge(engine, engine.vLink[visit]!, engine.vMessage[visit]!, REJECTED);
			engine.vInvocation[visit] = -1;
			engine.vMessage[visit] = maximumBacklog;
		}
	for (const topic of s.topics)
		for (const { busy, times, flows } of topic.groups.flat()) {
			const from = busy ? 1 : 0;
			let to = from;
			while (to < times.length && engine.now - times.at(to) >= olderThanMs) to++;
			times.remove(from, to - from);
			flows.remove(from, to - from);
		}
}

export function setCall(
	engine: Engine,
	link: Link,
	set: Extract<Change, { verb: 'set-call' }>['set']
) {
	const merged = Object.entries({ ...link.config, ...set }).filter(([, value]) => value !== null);
	link.config = Object.fromEntries(merged) as unknown as Call;
	if ('breaker' in set) closeBreaker(engine, link);
	for (let r = 0; r < link.waiters.length; r++) engine.serveWaiters(link, r);
}

export function rollBack(engine: Engine, s: Station) {
	const original = copy(s.original);
	const balancing = original.balancing ?? 'shared';
	const before = s.config;
	s.config = original;
	if (before.cache) fitCache(engine, s, before.cache, false);
	s.epoch++;
	engine.startPeriodic(s);
	s.replicas.forEach((replica, r) => {
		const own = s.config.replicaOverrides?.find((o) => o.replica === r);
		replica.slowdown = own?.slowdown ?? 1;
		replica.failureRatio = own?.failureRatio ?? -1;
		replica.failureMs = own?.failureMs ?? -1;
	});
	if ((before.balancing ?? 'shared') !== balancing) rebalanceQueues(engine, s, balancing);
	const serving = s.replicas.filter(({ up, draining }) => up && !draining).length;
	if (s.asked !== original.replicas || serving !== original.replicas)
		scale(engine, s, original.replicas);
	resume(engine, s);
}
