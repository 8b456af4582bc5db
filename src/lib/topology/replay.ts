import type { Span, Trace } from '$lib/simulation';
import { formatLatency } from '$lib/ui';

/** Where a request, or one of its asynchronous followers, is: on the way, or at a service (`from` equals `to`). */
export interface Token {
	from: string;
	to: string;
	/** The call it moves along. */
	call?: string | undefined;
	/** Share of the way, [0, 1]. */
	share: number;
	async: boolean;
	failed: boolean;
}

/** Milliseconds until everything that the trace tells of is over, asynchronous work included. */
export function traceLength(trace: Trace): number {
	return trace.spans.reduce((latest, span) => Math.max(latest, span.startMs + span.durationMs), 0);
}

/** How much slower than life a replay runs, so that it takes about six seconds: a pleasant number. */
export function slowdown(trace: Trace): number {
	const wanted = 6000 / Math.max(1, traceLength(trace));
	return [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000].find((factor) => factor >= wanted) ?? 1000;
}

/** Moments at which something begins or ends, in milliseconds since the start: where a replay can step to. */
export function momentsOf(trace: Trace): number[] {
	const moments = trace.spans.flatMap(({ startMs, durationMs }) => [startMs, startMs + durationMs]);
	return [...new Set(moments)].sort((a, b) => a - b);
}

/** The span that tells best where the request is: the latest to begin of those that are under way. */
export function currentSpan(trace: Trace, ms: number): Span | undefined {
	return trace.spans
		.filter((span) => span.startMs <= ms && ms < span.startMs + span.durationMs)
		.reduce<Span | undefined>(
			(latest, span) => (!latest || span.startMs >= latest.startMs ? span : latest),
			undefined
		);
}

/** The picture of a replay at a moment: a pure function of the trace and the time, so it runs backwards as well. */
export function tokensAt(trace: Trace, ms: number): Token[] {
	const active = trace.spans.filter(
		(span) => span.startMs <= ms && ms < span.startMs + span.durationMs
	);
	const innermost = active.filter((span) => !span.async && !insideAsync(trace, span)).at(-1);
	const followers = active.filter((span) => span.async);
	return [...(innermost ? [innermost] : []), ...followers].map((span) => tokenOf(trace, span, ms));
}

function insideAsync(trace: Trace, span: Span): boolean {
	for (let above: Span | undefined = span; above; above = parentOf(trace, above))
		if (above.async) return true;
	return false;
}

function parentOf(trace: Trace, span: Span): Span | undefined {
	return span.parent === undefined ? undefined : trace.spans.find(({ id }) => id === span.parent);
}

function tokenOf(trace: Trace, span: Span, ms: number): Token {
	const parent = parentOf(trace, span);
	const failed = span.outcome !== 'ok';
	const travel = Math.min(span.durationMs * 0.3, 4);
	const here = { call: span.call, async: span.async, failed };
	if (!parent) return { from: span.service, to: span.service, share: 1, ...here };
	const since = ms - span.startMs;
	const left = span.startMs + span.durationMs - ms;
	if (since < travel)
		return { from: parent.service, to: span.service, share: since / travel, ...here };
	if (!span.async && left < travel)
		return { from: parent.service, to: span.service, share: left / travel, ...here };
	return { from: span.service, to: span.service, share: 1, ...here };
}

/** The replay in words, one line a hop, in the order of time. */
export function transcript(
	trace: Trace,
	nameOf: (service: string) => string
): { id: number; at: number; text: string }[] {
	return [...trace.spans]
		.sort((a, b) => a.startMs - b.startMs || a.id - b.id)
		.map((span) => {
			const waited = span.waitMs >= 0.5 ? `, ${formatLatency(span.waitMs)} of it waiting` : '';
			const again = span.attempt > 1 ? ` (attempt ${span.attempt})` : '';
			const cache = span.hit === undefined ? '' : span.hit ? ', a hit' : ', a miss';
			const ended = span.outcome === 'ok' ? '' : `, ended as ${span.outcome}`;
			const way = span.async ? ', nobody waits for it' : '';
			return {
				id: span.id,
				at: span.startMs,
				text: `${nameOf(span.service)}${again}: ${formatLatency(span.durationMs)}${waited}${cache}${way}${ended}`
			};
		});
}
