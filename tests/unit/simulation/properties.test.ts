import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSimulation, restoreSimulation, type Report } from '../../../src/lib/simulation';
import { anySystem } from '../../helpers/any-system';
import {
	arrivals,
	call,
	client,
	failed,
	simulate,
	singleStation,
	station,
	total,
	written
} from '../../helpers/stations';

const seconds = 12;
const runs = { numRuns: 150, seed: 9999 };

test('what arrived is answered, failed or still there, at the end of every second', () => {
	fc.assert(
		fc.property(anySystem, (input) => {
			let arrived = 0;
			let ended = 0;
			for (const report of createSimulation(input).advance(seconds)) {
				arrived += report.offered;
				ended += report.completed + failed(report);
				expect(arrived).toBe(ended + report.inFlight);
			}
		}),
		runs
	);
});

/** Every number in a report, with the way to it. */
function numbersIn(value: unknown, path = ''): [string, number][] {
	if (typeof value === 'number') return [[path, value]];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, each]) => numbersIn(each, `${path}.${key}`));
}

test('no figure is negative or not a number, and no ratio is beyond one', () => {
	fc.assert(
		fc.property(anySystem, (input) => {
			createSimulation(input)
				.advance(seconds)
				.forEach((report, index) => {
					expect(report.time).toBe(index + 1);
					const wrong = numbersIn(report).filter(
						([path, value]) =>
							!Number.isFinite(value) ||
							value < 0 ||
							(/(Ratio|utilisation)$/.test(path) && value > 1)
					);
					expect(wrong).toEqual([]);
				});
		}),
		runs
	);
});

test('a run cut at any second and resumed from its saved state equals the uncut run', () => {
	fc.assert(
		fc.property(anySystem, fc.integer({ min: 0, max: seconds - 1 }), (input, cut) => {
			const uncut = createSimulation(input);
			uncut.advance(cut);
			const resumed = restoreSimulation(written(uncut.save()));
			expect(resumed.advance(seconds - cut)).toEqual(uncut.advance(seconds - cut));
			expect(resumed.logs(0)).toEqual(uncut.logs(0));
			expect(resumed.trace({ kind: 'p50' })).toEqual(uncut.trace({ kind: 'p50' }));
		}),
		runs
	);
});

test('the same input gives the same run', () => {
	fc.assert(
		fc.property(anySystem, (input) => {
			const [one, other] = [createSimulation(input), createSimulation(input)];
			expect(one.advance(seconds)).toEqual(other.advance(seconds));
		}),
		{ ...runs, numRuns: 30 }
	);
});

test("Little's law: what is inside a service is its arrival rate times its response time", () => {
	const load = fc.record({
		workers: fc.integer({ min: 1, max: 12 }),
		utilisation: fc.double({ min: 0.1, max: 0.8, noNaN: true }),
		variation: fc.constantFrom(0, 0.5, 1, 1.5),
		seed: fc.integer()
	});
	fc.assert(
		fc.property(load, ({ workers, utilisation, variation, seed }) => {
			const rate = utilisation * workers * 100;
			const reports = createSimulation(
				singleStation(rate, { workers, serviceTime: { meanMs: 10, variation } }, seed)
			).advance(120);
			const of = (figure: (report: Report) => number) => total(reports, figure);
			const inside = of(({ services }) => services['station']?.inFlight ?? 0) / reports.length;
			const served = of(({ completed }) => completed);
			const responseSeconds = of(({ meanMs, completed }) => (meanMs * completed) / 1000) / served;
			// The two differ by what was inside at the end only.
			expect(inside).toBeCloseTo((served / reports.length) * responseSeconds, 1);
		}),
		{ ...runs, numRuns: 40 }
	);
});

test('more servers never make more requests late, where nothing is shared between them', () => {
	const crowd = fc.record({
		rate: fc.integer({ min: 20, max: 300 }),
		workers: fc.integer({ min: 1, max: 6 }),
		more: fc.integer({ min: 1, max: 6 }),
		variation: fc.constantFrom(0, 1, 2),
		seed: fc.integer()
	});
	fc.assert(
		fc.property(crowd, ({ rate, workers, more, variation, seed }) => {
			const late = (count: number) =>
				total(
					simulate(
						[client, station('a', { workers: count, serviceTime: { meanMs: 20, variation } })],
						[call('client', 'a', { timeoutMs: 200 })],
						[arrivals('client', rate)],
						seed
					).advance(30),
					({ errors }) => errors.timeout
				);
			// First come, first served: each request begins no later, and has drawn the same work.
			expect(late(workers + more)).toBeLessThanOrEqual(late(workers));
		}),
		{ ...runs, numRuns: 60 }
	);
});

/** How long the intervals take together, in ms, where they overlap once. */
function covered(intervals: [number, number][]): number {
	let total = 0;
	let until = -Infinity;
	for (const [start, end] of intervals.sort((a, b) => a[0] - b[0])) {
		total += Math.max(0, end - Math.max(start, until));
		until = Math.max(until, end);
	}
	return total;
}

test('a span takes as long as its latency, wait and work, and the calls on its critical path', () => {
	let checked = 0;
	fc.assert(
		fc.property(anySystem, (input) => {
			const simulation = createSimulation(input);
			simulation.advance(seconds);
			const latencies = new Map(
				input.topology.calls.map(({ id, latencyMs = 0 }) => [id, latencyMs])
			);
			for (const kind of ['p50', 'p95', 'failed'] as const) {
				const spans = simulation.trace({ kind })?.spans ?? [];
				for (const span of spans) {
					const below = spans.filter(({ parent, async }) => parent === span.id && !async);
					expect(Math.min(span.workMs, span.waitMs)).toBeGreaterThanOrEqual(0);
					// Between two attempts there may be a pause, which is neither.
					if (span.async || span.outcome !== 'ok' || below.some(({ attempt }) => attempt > 1))
						continue;
					const calls = covered(
						below.map(({ startMs, durationMs }) => [startMs, startMs + durationMs])
					);
					const own = (latencies.get(span.call ?? '') ?? 0) + span.waitMs + span.workMs;
					expect(own + calls).toBeCloseTo(span.durationMs, 5);
					checked++;
				}
			}
		}),
		runs
	);
	expect(checked).toBeGreaterThan(300);
});
