import type { Report } from '../simulation';

/** Seconds that a gauge looks back on: long enough that a single busy second is no news. */
export const gaugeSeconds = 10;

/** What users notice, over some seconds. */
export interface Gauges {
	/** Response time of good answers in milliseconds: 95th percentile and mean; 0 when there was none. */
	p95Ms: number;
	meanMs: number;
	/** Errors over all requests that ended, [0, 1]. */
	errorRatio: number;
	/** Good answers per second. */
	throughput: number;
	/** Requests per second that arrived. */
	offered: number;
	/** Requests that failed in all. */
	failed: number;
}

/** Failed requests of a second. */
export function failedIn({ errors }: Report): number {
	return Object.values(errors).reduce((sum, count) => sum + count, 0);
}

/** The gauges over all the reports given. Percentiles are weighted by what was answered in each second. */
export function measure(reports: readonly Report[]): Gauges {
	let completed = 0;
	let failed = 0;
	let offered = 0;
	let mean = 0;
	let p95 = 0;
	for (const report of reports) {
		completed += report.completed;
		failed += failedIn(report);
		offered += report.offered;
		mean += report.meanMs * report.completed;
		p95 += report.p95Ms * report.completed;
	}
	const ended = completed + failed;
	const seconds = Math.max(1, reports.length);
	return {
		p95Ms: completed ? p95 / completed : 0,
		meanMs: completed ? mean / completed : 0,
		errorRatio: ended ? failed / ended : 0,
		throughput: completed / seconds,
		offered: offered / seconds,
		failed
	};
}

/** The gauges as they read now: over the last {@link gaugeSeconds}. */
export function readGauges(reports: readonly Report[], seconds = gaugeSeconds): Gauges {
	return measure(reports.slice(-seconds));
}
