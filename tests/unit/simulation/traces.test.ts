import { expect, test } from 'vitest';
import type { Span, Trace } from '../../../src/lib/simulation';
import { arrivals, call, client, delay, simulate, station } from '../../helpers/stations';

function spanOf(trace: Trace | undefined, service: string): Span {
	const span = trace?.spans.find((each) => each.service === service);
	if (!span) throw new Error(`no span of ${service}`);
	return span;
}

test('a span is its latency, its wait, its work and the longest of its parallel calls', () => {
	const simulation = simulate(
		[client, station('a', { workers: 2 }), station('b'), station('c')],
		[
			call('client', 'a', { latencyMs: 2 }),
			call('a', 'b', { order: 1 }),
			call('a', 'c', { order: 1 })
		],
		[arrivals('client', 60)]
	);
	simulation.advance(60);
	const trace = simulation.trace({ kind: 'p95' });
	const { waitMs, workMs, durationMs } = spanOf(trace, 'a');
	const longest = Math.max(spanOf(trace, 'b').durationMs, spanOf(trace, 'c').durationMs);
	expect(2 + waitMs + workMs + longest).toBeCloseTo(durationMs, 6);
	expect(trace?.durationMs).toBeCloseTo(durationMs, 6);
});

test('the wait for a pooled connection is a part of the wait', () => {
	const simulation = simulate(
		[delay('front', 0, { workers: 50 }), delay('back', 100)],
		[call('front', 'back', { pool: { size: 1, waitMs: 60_000 } })],
		[arrivals('front', 9.5)]
	);
	simulation.advance(60);
	const { waitMs, workMs, durationMs } = spanOf(simulation.trace({ kind: 'p95' }), 'back');
	expect(waitMs).toBeGreaterThan(50);
	expect(workMs).toBeCloseTo(100, 6);
	expect(waitMs + workMs).toBeCloseTo(durationMs, 6);
});

test('what a callee does for nobody is not in the span that its caller has left', () => {
	const simulation = simulate(
		[client, delay('slow', 200)],
		[call('client', 'slow', { timeoutMs: 100 })],
		[arrivals('client', 1, { arrivals: 'regular' })]
	);
	simulation.advance(8);
	const trace = simulation.trace({ kind: 'failed' });
	expect(trace?.outcome).toBe('timeout');
	const { waitMs, workMs, durationMs } = spanOf(trace, 'slow');
	expect(durationMs).toBeCloseTo(100, 6);
	expect(waitMs + workMs).toBeCloseTo(100, 6);
});

test('retries are spans of their own, numbered', () => {
	const simulation = simulate(
		[client, delay('a', 5, { failureRatio: 1 })],
		[call('client', 'a', { retries: { attempts: 3, backoffMs: 10 } })],
		[arrivals('client', 10)]
	);
	simulation.advance(20);
	const spans = simulation.trace({ kind: 'failed' })?.spans.slice(1) ?? [];
	expect(spans.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
	expect(spans.map(({ startMs }) => Math.round(startMs))).toEqual([0, 15, 40]); // backoff 10, then 20
});

test('requests that are purged or cancelled while they wait leave no open trace behind', () => {
	const simulation = simulate([station('a')], [], [arrivals('a', 150)]);
	for (let round = 0; round < 40; round++) {
		simulation.advance(2);
		simulation.apply({ verb: 'purge-queue', service: 'a' });
	}
	const small = JSON.stringify(simulation.save()).length;
	for (let round = 0; round < 40; round++) {
		simulation.advance(2);
		simulation.apply({ verb: 'purge-queue', service: 'a' });
	}
	expect(JSON.stringify(simulation.save()).length).toBeLessThan(small * 1.5);
});
