import type { Report } from './types';

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

/** What users notice over all the reports given. Percentiles are weighted by what was answered in each second. */
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

const short: Record<string, (reports: readonly Report[]) => number> = {
	p95: (reports) => measure(reports).p95Ms,
	mean: (reports) => measure(reports).meanMs,
	errorRatio: (reports) => measure(reports).errorRatio,
	throughput: (reports) => measure(reports).throughput,
	offered: (reports) => measure(reports).offered,
	failed: (reports) => measure(reports).failed
};

/**
 * A figure of the run by name, averaged over the reports: `p95`, `mean`, `errorRatio`, `throughput`, `offered`,
 * `failed` (a sum), `inFlight`, `errors.timeout`, `service.redis.utilisation`, `call.api>cache.poolWaitMs`,
 * `flow.read.p95Ms`. Undefined when there is no such figure.
 */
export function figureOf(reports: readonly Report[], path: string): number | undefined {
	const known = Object.hasOwn(short, path) ? short[path] : undefined;
	if (known) return known(reports);
	let sum = 0;
	for (const report of reports) {
		const value = lookUp(report, path);
		if (value === undefined) return undefined;
		sum += value;
	}
	return reports.length ? sum / reports.length : undefined;
}

const groups = { service: 'services', call: 'calls', flow: 'flows', errors: 'errors' } as const;

function lookUp(report: Report, path: string): number | undefined {
	const [first = '', ...rest] = path.split('.');
	let value: unknown = report;
	const names = Object.hasOwn(groups, first)
		? [groups[first as keyof typeof groups], ...rest]
		: [first, ...rest];
	for (const name of names) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
			return undefined;
		value = (value as Record<string, unknown>)[name];
	}
	return typeof value === 'number' ? value : undefined;
}
