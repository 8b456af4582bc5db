import type { Report } from '../simulation';

/**
 * One report that stands for several: every figure is the mean over them, times are weighted by what was answered and
 * `time` is the last one's. Labels such as a breaker's state are the last one's too.
 * @throws RangeError when there is none
 */
export function averageReport(reports: readonly Report[]): Report {
	const last = reports.at(-1);
	if (!last) throw new RangeError('averageReport needs at least one report');
	const ended = reports.reduce(
		(sum, { completed, errors }) =>
			sum + completed + Object.values(errors).reduce((all, count) => all + count, 0),
		0
	);
	const weigh = (figure: (report: Report) => number) => {
		const weight = reports.reduce((sum, { completed }) => sum + completed, 0);
		const total = reports.reduce((sum, report) => sum + figure(report) * report.completed, 0);
		return weight ? total / weight : 0;
	};
	const mean = average(reports) as Report;
	const failed = ended - reports.reduce((sum, { completed }) => sum + completed, 0);
	return {
		...mean,
		time: last.time,
		errorRatio: ended ? failed / ended : 0,
		meanMs: weigh((report) => report.meanMs),
		p50Ms: weigh((report) => report.p50Ms),
		p95Ms: weigh((report) => report.p95Ms),
		p99Ms: weigh((report) => report.p99Ms)
	};
}

function average(values: readonly unknown[]): unknown {
	const last = values.at(-1);
	if (typeof last === 'number')
		return (values as number[]).reduce((sum, value) => sum + value, 0) / values.length;
	if (typeof last !== 'object' || last === null || Array.isArray(last)) return last;
	return Object.fromEntries(
		Object.keys(last).map((key) => [
			key,
			average(
				values
					.map((value) => (value as Record<string, unknown>)[key])
					.filter((value) => value !== undefined)
			)
		])
	);
}
