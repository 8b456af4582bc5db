import type { Report } from '../simulation';
import { measure } from './gauges';

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

/** `{p95.before}`, `{service.cache.hitRatio.after}`, `{failed}`. */
export const placeholder = /\{([^{}\s]+?)(?:\.(before|after))?\}/g;

/** Names in braces within a text: `p95.after` of `p95 is now {p95.after}`. */
export function placeholdersIn(text: string): string[] {
	return [...text.matchAll(placeholder)].map(([whole]) => whole.slice(1, -1));
}
