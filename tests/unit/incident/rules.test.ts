import { describe, expect, it } from 'vitest';
import { createSimulation, type Report } from '../../../src/lib/simulation';
import { averageReport } from '../../../src/lib/incident/average-report';
import { placeholdersIn } from '../../../src/lib/incident/figures';
import { figureOf, measure } from '../../../src/lib/simulation';
import {
	breaches,
	brokenSeconds,
	crossedCrashLine,
	insideObjective
} from '../../../src/lib/incident/objective';
import { formatFigure, quoteRun } from '../../../src/lib/incident/quote';
import { topology } from './deck-of-the-site';

const reports = createSimulation({
	topology,
	workload: { flows: topology.flows },
	seed: topology.seed
}).advance(40);
const healthy = reports.slice(20);
const withErrors = (errorRatio: number): Report => ({ ...(healthy[0] as Report), errorRatio });

describe('gauges and objective', () => {
	const objective = { latencyMs: 400, errorRatio: 0.01, throughput: 440 };
	it('counts the healthy system as inside', () => {
		expect(insideObjective(healthy, objective)).toBe(true);
	});

	it.each([
		['latency', { latencyMs: 1 }],
		['errorRatio', { errorRatio: -1 }],
		['throughput', { throughput: 1e6 }]
	])('names %s when it alone is outside', (name, change) => {
		expect(breaches(healthy, { ...objective, ...change })).toEqual([name]);
	});

	it('counts silence as outside, not as fast', () => {
		const silence = healthy.map((report) => ({
			...report,
			completed: 0,
			p95Ms: 0,
			errors: { ...report.errors, timeout: 0, rejected: 0 }
		}));
		expect(breaches(silence, { ...objective, throughput: 0 })).toEqual(['latency']);
	});

	it('sees a promise broken while all gauges are green, and for how long', () => {
		const promise = {
			figure: 'service.cache.hitRatio',
			label: 'answers from the cache',
			sense: 'at-least' as const,
			value: 0.5
		};
		expect(breaches(healthy, { ...objective, promise })).toEqual([]);
		const strict = { ...objective, promise: { ...promise, value: 1 } };
		expect(breaches(healthy, strict)).toEqual(['promise']);
		expect(brokenSeconds(healthy, strict)).toBe(healthy.length);
		expect(brokenSeconds(healthy, objective)).toBe(0);
	});

	it('reads zero, not NaN, from no seconds at all', () => {
		expect(measure([])).toEqual({
			p95Ms: 0,
			meanMs: 0,
			errorRatio: 0,
			throughput: 0,
			offered: 0,
			failed: 0
		});
	});
});

describe('the crash line', () => {
	const above = withErrors(0.7);
	const below = withErrors(0.5);

	it('is crossed by ten seconds in a row, not by nine', () => {
		expect(crossedCrashLine(Array<Report>(10).fill(above), 0.6)).toBe(true);
		expect(crossedCrashLine(Array<Report>(9).fill(above), 0.6)).toBe(false);
	});

	it('counts anew after a second below it', () => {
		const run = [...Array<Report>(9).fill(above), below, ...Array<Report>(9).fill(above)];
		expect(crossedCrashLine(run, 0.6)).toBe(false);
	});
});

describe('figures of the run', () => {
	it('finds figures of services, calls, flows and errors, and no others', () => {
		for (const path of [
			'p95',
			'offered',
			'errors.timeout',
			'service.cache.hitRatio',
			'call.gateway>api.meanMs',
			'flow.read.p95Ms'
		])
			expect(figureOf(healthy, path), path).toBeTypeOf('number');
		for (const path of ['', 'service.nobody.utilisation', 'constructor', 'service.__proto__.x'])
			expect(figureOf(healthy, path), path).toBeUndefined();
	});

	it('quotes before and after with units, and leaves what it does not know in sight', () => {
		const text = quoteRun('{errorRatio.before} then {service.cache.hitRatio.after}, {nonsense}', {
			before: healthy,
			after: healthy
		});
		expect(text).toMatch(/^[\d.]+ % then 9\d %, \{nonsense\}$/);
	});

	it('lists the placeholders of a text', () => {
		expect(placeholdersIn('p95 {p95.after}, { no }, {call.a>b.retries}')).toEqual([
			'p95.after',
			'call.a>b.retries'
		]);
	});

	it.each([
		['service.x.utilisation', 0.5, '50 %'],
		['call.x.poolWaitMs', 120, '120 ms'],
		['call.x.retries', 4, '4'],
		['throughput', 365, '365 rps']
	])('writes %s with its unit', (path, value, text) => {
		expect(formatFigure(path, value)).toBe(text);
	});
});

describe('an averaged report', () => {
	it('keeps totals and ratios consistent', () => {
		const average = averageReport(healthy);
		const gauges = measure(healthy);
		expect(average.throughput).toBeCloseTo(gauges.throughput, 9);
		expect(average.meanMs).toBeCloseTo(gauges.meanMs, 9);
		expect(average.errorRatio).toBeCloseTo(gauges.errorRatio, 9);
		expect(average.time).toBe(40);
	});

	it('refuses to average nothing', () => {
		expect(() => averageReport([])).toThrow(RangeError);
	});
});
