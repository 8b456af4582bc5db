/** What is told of each simulated second. */

import type { Engine } from './engine';
import { type Station } from './model';
import { type ErrorCause, errorCauses, type Report } from './types';

export function report(engine: Engine): Report {
	const errors = {} as Record<ErrorCause, number>;
	let failed = 0;
	errorCauses.forEach((cause, index) => {
		errors[cause] = engine.errors[index]!;
		failed += engine.errors[index]!;
	});
	const ended = failed + engine.completed;
	const report: Report = {
		time: Math.round(engine.now / 1000),
		offered: engine.offered,
		completed: engine.completed,
		errors,
		inFlight: engine.inFlight,
		throughput: engine.completed,
		errorRatio: ended === 0 ? 0 : failed / ended,
		meanMs: engine.times.mean,
		p50Ms: engine.times.percentile(0.5),
		p95Ms: engine.times.percentile(0.95),
		p99Ms: engine.times.percentile(0.99),
		flows: {},
		services: {},
		calls: {}
	};
	for (const stream of engine.streams) {
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
	for (const s of engine.stations) report.services[s.config.id] = reportStation(engine, s);
	for (const link of engine.links) {
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
	if (engine.limits.size) report.limits = [...engine.limits].sort();
	engine.limits.clear();
	engine.errors.fill(0);
	engine.offered = engine.completed = 0;
	engine.times.clear();
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
		p95Ms: s.times.percentile(0.95)
	};
	if (s.cache) result.hitRatio = s.lookups ? s.hits / s.lookups : 0;
	if (s.topics.length) {
		let lag = 0,
			oldest = engine.now;
		for (const topic of s.topics)
			for (const partition of topic.groups.flat()) {
				lag += partition.times.length;
				if (partition.times.length)
					oldest = Math.min(oldest, partition.times.items[partition.times.head]!);
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
