/** Replicas that come, go, stall and hand over what waits for them. */

import type { Engine } from './engine';
import { Event, FAILED, makeReplica, type Replica, State, type Station } from './model';

export function stall(engine: Engine, index: number, code: number) {
	const s = engine.stations[index]!;
	const stall = s.config.stall;
	const r = code % 4096;
	if (!stall || Math.floor(code / 4096) !== s.epoch) return;
	const replica = s.replicas[r];
	if (replica) {
		replica.stallTotal += stall.forMs;
		replica.stalledUntil = Math.max(replica.stalledUntil, engine.now + stall.forMs);
	}
	engine.heap.push(engine.now + stall.everySeconds * 1000, Event.Stall, index, code);
}

export function autoscale(engine: Engine, index: number, epoch: number) {
	const s = engine.stations[index]!;
	const policy = s.config.autoscaling;
	if (!policy || epoch !== s.epoch) return;
	engine.account(s);
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
		scale(engine, s, wanted);
	} else if (wanted < up) {
		if (s.lowSince < 0) s.lowSince = engine.now;
		else if (engine.now - s.lowSince >= policy.scaleInAfterSeconds * 1000) {
			s.lowSince = -1;
			scale(engine, s, wanted);
		}
	} else s.lowSince = -1;
	engine.heap.push(engine.now + policy.everySeconds * 1000, Event.Autoscale, index, epoch);
}

export function scale(engine: Engine, s: Station, replicas: number) {
	engine.log('info', s.index, `scaling from ${s.asked} to ${replicas} replicas`);
	s.asked = replicas;
	let up = 0;
	for (const r of s.replicas) if (r.up && !r.draining) up++;
	for (let r = 0; r < s.replicas.length && up < replicas; r++)
		if (!s.replicas[r]!.up || s.replicas[r]!.draining) {
			boot(engine, s, r);
			up++;
		}
	while (up < replicas) {
		s.replicas.push(makeReplica(engine, s, s.replicas.length, 0));
		boot(engine, s, s.replicas.length - 1);
		up++;
	}
	for (let r = s.replicas.length - 1; r >= 0 && up > replicas; r--)
		if (s.replicas[r]!.up && !s.replicas[r]!.draining) {
			drain(engine, s, r);
			up--;
		}
	for (const index of s.consumes) rebalance(engine, index);
}

export function boot(engine: Engine, s: Station, r: number) {
	const replica = s.replicas[r]!;
	const starting = (s.config.startupSeconds ?? 0) * 1000;
	replica.draining = false;
	replica.up = starting > 0 ? 2 : 1;
	if (starting > 0) engine.heap.push(engine.now + starting, Event.ReplicaReady, s.index, r);
	else engine.serveNext(s, r);
}

/** Takes no more; what it works on is finished, what waits for it goes to the others. */
export function drain(engine: Engine, s: Station, r: number) {
	const replica = s.replicas[r]!;
	replica.draining = true;
	replica.up = 0;
	redistribute(engine, s, replica);
}

/** A waiting visit looks for another place; it keeps its age. */
function move(engine: Engine, s: Station, visit: number) {
	engine.account(s);
	s.waiting--;
	const r = engine.vReplica[visit]!;
	if (r >= 0) s.replicas[r]!.inside--;
	engine.vReplica[visit] = -1;
	engine.vState[visit] = State.Travelling;
	engine.place(visit, s);
}

export function redistribute(engine: Engine, s: Station, replica: Replica) {
	while (replica.queue.length > 0) {
		const visit = replica.queue.shift();
		if (engine.vState[visit] === State.Cancelled) engine.release(visit);
		else move(engine, s, visit);
	}
}

export function kill(engine: Engine, s: Station, r: number) {
	const replica = s.replicas[r];
	if (!replica) return;
	replica.up = 0;
	replica.draining = false;
	for (let visit = 0; visit < engine.n; visit++)
		if (
			engine.vService[visit] === s.index &&
			engine.vReplica[visit] === r &&
			(engine.vState[visit] === State.Working ||
				engine.vState[visit] === State.Calling ||
				engine.vState[visit] === State.Joining)
		)
			engine.finish(visit, FAILED);
	redistribute(engine, s, replica);
}

export function rebalance(engine: Engine, index: number) {
	const link = engine.links[index]!;
	link.pausedUntil = Math.max(link.pausedUntil, engine.now + 3000);
	engine.log('warn', link.to, `group ${link.config.group ?? 'default'} is rebalancing`);
	engine.heap.push(link.pausedUntil, Event.Rebalanced, index, 0);
}

export function resume(engine: Engine, s: Station) {
	s.replicas.forEach((_, r) => engine.serveNext(s, r));
}

export function rebalanceQueues(
	engine: Engine,
	s: Station,
	balancing: 'shared' | 'round-robin' | 'least-busy'
) {
	s.config.balancing = balancing;
	const waiting: number[] = [];
	while (s.queue.length) waiting.push(s.queue.shift());
	for (const replica of s.replicas)
		while (replica.queue.length) waiting.push(replica.queue.shift());
	for (const visit of waiting)
		if (engine.vState[visit] === State.Cancelled) engine.release(visit);
		else move(engine, s, visit);
}
