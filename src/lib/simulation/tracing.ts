/** The life of some requests, span by span. */

import type { Engine } from './engine';
import { copy, type Link, OK, POOL, State, type TraceRecord } from './model';
import { errorCauses, type Span, type Trace, type TraceQuery } from './types';

/** Ended traces kept at least, the latest ones. */
const tracesKept = 100;
/** One request in so many is traced; a prime, so that it keeps no step with anything periodic. */
export const tracedEvery = 13;

export function beginTrace(engine: Engine, visit: number, flow: number) {
	const record: TraceRecord = {
		number: engine.arrivalCount,
		flow,
		start: engine.now,
		duration: -1,
		outcome: OK,
		spans: [],
		open: 1
	};
	const slot = engine.freeTrace.length ? (engine.freeTrace.pop() as number) : engine.tracing.length;
	engine.tracing[slot] = record;
	record.spans.push({
		id: 0,
		service: engine.stations[engine.vService[visit]!]!.config.id,
		attempt: 1,
		startMs: 0,
		durationMs: 0,
		waitMs: 0,
		workMs: 0,
		async: false,
		outcome: 'ok'
	});
	engine.vTrace[visit] = slot;
	engine.vSpan[visit] = 0;
}

export function openSpan(engine: Engine, parent: number, link: Link, attempt: number): number {
	const record = engine.tracing[engine.vTrace[parent]!]!;
	const id = record.spans.length;
	record.spans.push({
		id,
		parent: engine.vSpan[parent]!,
		service: engine.stations[link.to]!.config.id,
		call: link.config.id,
		attempt,
		startMs: engine.now - record.start,
		durationMs: -1,
		waitMs: 0,
		workMs: 0,
		async: false,
		outcome: 'ok'
	});
	return id;
}

export function joinTrace(
	engine: Engine,
	child: number,
	parent: number,
	link: Link,
	attempt: number,
	async: boolean
) {
	const span = openSpan(engine, parent, link, attempt);
	const slot = engine.vTrace[parent]!;
	engine.tracing[slot]!.spans[span]!.async = async;
	engine.tracing[slot]!.open++;
	engine.vTrace[child] = slot;
	engine.vSpan[child] = span;
}

/** The caller has its connection. */
export function waited(engine: Engine, inv: number) {
	const parent = engine.iParent[inv]!;
	if (engine.vGen[parent] !== engine.iParentGen[inv] || engine.vTrace[parent]! < 0) return;
	const span = engine.tracing[engine.vTrace[parent]!]?.spans[engine.iSpan[inv]!];
	if (span) span.waitMs = engine.now - engine.iAsked[inv]!;
}

/** The caller's view ends: it has its answer, or has given up. */
export function closeSpan(engine: Engine, inv: number, cause: number) {
	const parent = engine.iParent[inv]!,
		id = engine.iSpan[inv]!;
	if (id < 0 || engine.vGen[parent] !== engine.iParentGen[inv] || engine.vTrace[parent]! < 0)
		return;
	const record = engine.tracing[engine.vTrace[parent]!];
	const span = record?.spans[id];
	if (!record || !span || span.durationMs >= 0) return;
	span.durationMs = engine.now - record.start - span.startMs;
	if (cause === POOL) span.waitMs = span.durationMs;
	span.outcome = cause === OK ? 'ok' : errorCauses[cause]!;
}

export function endSpan(engine: Engine, visit: number, cause: number) {
	const slot = engine.vTrace[visit]!;
	const record = engine.tracing[slot]!;
	const id = engine.vSpan[visit]!;
	const span = record.spans[id]!;
	const started = engine.vStarted[visit]!;
	if (span.workMs === 0 && started > 0) {
		span.workMs =
			engine.vState[visit] === State.Working
				? Math.min(engine.vWork[visit]!, engine.now - started)
				: engine.vWork[visit]!;
		span.waitMs += Math.max(0, started - engine.vArrived[visit]!);
	} else if (started === 0) span.waitMs += engine.now - engine.vArrived[visit]!;
	if (id !== 0 && !span.async && span.durationMs >= 0) {
		// The caller has given up: what its callee did afterwards is not a part of the span.
		span.waitMs = Math.min(span.waitMs, span.durationMs);
		span.workMs = Math.min(span.workMs, span.durationMs - span.waitMs);
	}
	if (id === 0) {
		record.duration = engine.now - record.start;
		record.outcome = cause;
		span.durationMs = record.duration;
		span.outcome = cause === OK ? 'ok' : errorCauses[cause]!;
		engine.traces.push(record);
		if (engine.traces.length >= 2 * tracesKept) engine.traces.splice(0, tracesKept);
	} else if (span.async) {
		span.durationMs = engine.now - record.start - span.startMs;
		span.outcome = cause === OK ? 'ok' : errorCauses[cause]!;
	}
	if (--record.open === 0) {
		engine.tracing[slot] = undefined;
		engine.freeTrace.push(slot);
	}
}

/** Records that are still open after their root has ended are in both lists; a restored state has each twice. */
export function shareRecords(engine: Engine) {
	const ended = new Map(engine.traces.map((record) => [record.number, record]));
	engine.tracing = engine.tracing.map((record) =>
		record ? (ended.get(record.number) ?? record) : undefined
	);
}

export function trace(engine: Engine, query: TraceQuery): Trace | undefined {
	const fits = engine.traces.filter(
		(record) =>
			(query.flow === undefined || engine.streams[record.flow]!.config.id === query.flow) &&
			(query.service === undefined ||
				record.spans.some((span) => span.service === query.service)) &&
			(query.kind === 'failed') === (record.outcome !== OK)
	);
	if (fits.length === 0) return undefined;
	if (query.kind === 'failed') return show(engine, fits[fits.length - 1]!);
	const sorted = [...fits].sort((a, b) => a.duration - b.duration);
	return show(
		engine,
		sorted[
			Math.min(sorted.length - 1, Math.floor(sorted.length * (query.kind === 'p50' ? 0.5 : 0.95)))
		]!
	);
}

export function show(engine: Engine, record: TraceRecord): Trace {
	return {
		flow: engine.streams[record.flow]!.config.id,
		startSeconds: record.start / 1000,
		durationMs: record.duration,
		outcome: record.outcome === OK ? 'ok' : errorCauses[record.outcome]!,
		spans: copy(endedSpans(record))
	};
}

/** Spans that have ended, and whose parents have. */
function endedSpans({ spans }: TraceRecord): Span[] {
	const shown = new Set<number>();
	return spans.filter(({ id, parent, durationMs }) => {
		if (durationMs < 0 || (parent !== undefined && !shown.has(parent))) return false;
		shown.add(id);
		return true;
	});
}
