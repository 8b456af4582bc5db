import type { Objective, UserPromise } from '../content';
import { figureOf, measure, type Report } from '../simulation';

import { gaugeSeconds } from './gauges';

export type GaugeName = 'latency' | 'errorRatio' | 'throughput' | 'promise';

/** Gauges outside the objective over these reports, in a fixed order; none when all promises are kept. */
export function breaches(reports: readonly Report[], objective: Objective): GaugeName[] {
	const gauges = measure(reports);
	const names: GaugeName[] = [];
	// Where nothing was answered at all, latency has no value and cannot be kept.
	if (gauges.throughput === 0 || gauges.p95Ms > objective.latencyMs) names.push('latency');
	if (gauges.errorRatio > objective.errorRatio) names.push('errorRatio');
	if (gauges.throughput < objective.throughput) names.push('throughput');
	if (objective.promise && brokenBy(reports, objective.promise) > 0) names.push('promise');
	return names;
}

/** How far the figure of a promise lies on the wrong side, as a share of what was promised; 0 where it is kept. */
function brokenBy(reports: readonly Report[], promise: UserPromise): number {
	const figure = figureOf(reports, promise.figure) ?? 0;
	const beyond = promise.sense === 'at-most' ? figure - promise.value : promise.value - figure;
	return Math.max(0, beyond / Math.max(promise.value, 1e-9));
}

/** Whether all promises are kept as the gauges read now: over the last {@link gaugeSeconds}. */
export function insideObjective(reports: readonly Report[], objective: Objective): boolean {
	return breaches(reports.slice(-gaugeSeconds), objective).length === 0;
}

/** How much a promise was broken in all: in units of what was promised, summed over the seconds. */
export function excess(reports: readonly Report[], { promise }: Objective): number {
	return promise ? reports.reduce((sum, report) => sum + brokenBy([report], promise), 0) : 0;
}

/** Seconds in which the promise beyond the gauges was broken. */
export function brokenSeconds(reports: readonly Report[], { promise }: Objective): number {
	return promise ? reports.filter((report) => brokenBy([report], promise) > 0).length : 0;
}

/** Seconds in a row above the crash line that end a round. */
export const crashSeconds = 10;

/** Whether the error ratio stayed above the line for {@link crashSeconds} in a row, anywhere in the reports. */
export function crossedCrashLine(reports: readonly Report[], crashErrorRatio: number): boolean {
	let run = 0;
	return reports.some(({ errorRatio }) => {
		run = errorRatio > crashErrorRatio ? run + 1 : 0;
		return run >= crashSeconds;
	});
}
