/** What is told of each simulated second. */

import type { Engine } from './engine';
import type { Station, Stream } from './model';
import { percentiles } from './response-times';
import { type ErrorCause, errorCauses, type Report } from './types';

export function report(engine: Engine): Report {
	const errors = {} as Record<ErrorCause, number>;
	let failed = 0;
	errorCauses.forEach((cause, index) => {
		errors[cause] = engine.errors[index]!;
		failed += engine.errors[index]!;
	});
	const ended = failed + engine.completed;
	const shares = [0.5, 0.95, 0.99];
	const ofFlows = engine.streams.map(({ times }) => percentiles([times], shares));
	const facing = engine.streams.filter((stream) => stream.facing);
	const [p50Ms = 0, p95Ms = 0, p99Ms = 0] =
		facing.length === 1
			? (ofFlows[engine.streams.indexOf(facing[0] as Stream)] ?? [])
			: percentiles(
					facing.map(({ times }) => times),
					shares
				);
	const report: Report = {
		time: Math.round(engine.now / 1000),
		offered: engine.offered,
		completed: engine.completed,
		errors,
		inFlight: engine.inFlight,
		throughput: engine.completed,
		errorRatio: ended === 0 ? 0 : failed / ended,
		meanMs: engine.completed
			? facing.reduce((sum, { times }) => sum + times.sum, 0) / engine.completed
			: 0,
		p50Ms,
		p95Ms,
		p99Ms,
		flows: {},
		services: {},
		calls: {}
	};
	engine.streams.forEach((stream, index) => {
		const [p50Ms = 0, p95Ms = 0, p99Ms = 0] = ofFlows[index] ?? [];
		report.flows[stream.config.id] = {
			offered: stream.offered,
			completed: stream.completed,
			errors: stream.errors,
			meanMs: stream.times.mean,
			p50Ms,
			p95Ms,
			p99Ms
		};
		stream.offered = stream.completed = stream.errors = 0;
		stream.times.clear();
	});
	for (const s of engine.stations) report.services[s.config.id] = reportStation(engine, s);
	for (const link of engine.links) {
		report.calls[link.config.id] = {
			attempts: link.attempts,
			retries: link.retries,
			errors: link.errors,
			meanMs: link.ended ? link.time / link.ended : 0,
			poolWaitMs: link.poolTaken ? link.poolWait / link.poolTaken : 0,
			...(link.config.breaker || link.forced
				? { breaker: (['closed', 'open', 'half-open'] as const)[link.breaker]! }
				: {})
		};
		link.attempts = link.retries = link.errors = 0;
		link.poolWait = link.poolTaken = 0;
		link.ended = link.time = 0;
	}
	if (engine.limits.size) report.limits = [...engine.limits].sort();
	engine.limits.clear();
	engine.errors.fill(0);
	engine.offered = engine.completed = 0;
	engine.linesThisSecond = 0;
	return report;
}

export function reportStation(engine: Engine, s: Station): Report['services'][string] {
	engine.account(s);
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
		p95Ms: percentiles([s.times], [0.95])[0] ?? 0
	};
	if (s.cache) result.hitRatio = s.lookups ? s.hits / s.lookups : 0;
	if (s.topics.length) {
		let lag = 0,
			oldest = engine.now;
		for (const topic of s.topics)
			for (const partition of topic.groups.flat()) {
				lag += partition.times.length;
				if (partition.times.length) oldest = Math.min(oldest, partition.times.at(0));
			}
		result.lag = lag;
		result.ageSeconds = (engine.now - oldest) / 1000;
	}
	s.arrived = s.completed = s.errors = 0;
	s.busyArea = s.queueArea = s.insideArea = 0;
	s.hits = s.lookups = 0;
	s.times.clear();
	return result;
}
