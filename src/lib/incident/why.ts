import type { Objective, SiteTopology } from '../content';
import { failedIn, figureOf, type Report } from '../simulation';
import { formatCount, formatLatency, formatRate, formatRatio } from '../ui';

import { gaugeSeconds, readGauges } from './gauges';
import type { GaugeName } from './objective';
import { formatFigure } from './quote';

/** Why a gauge reads what it reads. */
export interface Explanation {
	/** The mechanism in a sentence, or the law with its name. */
	mechanism: string;
	/** What goes into it, as measured. */
	inputs: [label: string, value: string][];
	/** What theory makes of these inputs; absent where it says nothing. */
	theory?: string;
	measured: string;
}

/** The place where requests wait: the service whose workers are busiest. */
interface Busiest {
	name: string;
	workers: number;
	utilisation: number;
	/** Requests it ends per second. */
	rate: number;
	/** How long each holds a worker, in seconds. */
	held: number;
	inFlight: number;
}

function busiestOf(topology: SiteTopology, reports: readonly Report[]): Busiest | undefined {
	const mean = (figure: (report: Report) => number) =>
		reports.reduce((sum, report) => sum + figure(report), 0) / reports.length;
	return topology.services
		.filter(({ workers }) => workers > 0)
		.map(({ id, name, workers: each }) => {
			const of = (figure: 'utilisation' | 'replicas' | 'completed' | 'errors' | 'inFlight') =>
				mean((report) => report.services[id]?.[figure] ?? 0);
			const workers = Math.round(of('replicas')) * each;
			const utilisation = of('utilisation');
			// Refused ones never held a worker; at a service that refuses, its errors are mostly those.
			const rate = Math.max(0.001, of('completed'));
			return {
				name,
				workers,
				utilisation,
				rate,
				held: (utilisation * workers) / rate,
				inFlight: of('inFlight')
			};
		})
		.sort((a, b) => b.utilisation - a.utilisation)[0];
}

/** Explains a gauge from the last seconds of the run. */
export function explain(
	gauge: GaugeName,
	{
		topology,
		reports,
		objective
	}: { topology: SiteTopology; reports: readonly Report[]; objective: Objective }
): Explanation | undefined {
	const latest = reports.slice(-gaugeSeconds);
	if (latest.length === 0) return undefined;
	const gauges = readGauges(latest);
	const busiest = busiestOf(topology, latest);
	const inside = latest.reduce((sum, { inFlight }) => sum + inFlight, 0) / latest.length;
	const ended =
		latest.reduce((sum, report) => sum + report.completed + failedIn(report), 0) / latest.length;
	switch (gauge) {
		case 'latency':
			return {
				mechanism:
					"Little's law: the time a request spends inside is the number inside over the rate at which they leave.",
				inputs: [
					['inside, on average', inside.toFixed(0)],
					['leaving, well or badly', formatRate(ended)],
					...waiting(busiest)
				],
				theory: `${inside.toFixed(0)} / ${ended.toFixed(0)} per second = ${formatLatency(ended ? (inside / ended) * 1000 : 0)} on average, over all that leave`,
				measured: `${formatLatency(gauges.meanMs)} on average and ${formatLatency(gauges.p95Ms)} at p95, over the good answers`
			};
		case 'errorRatio': {
			const causes = Object.keys(latest[0]?.errors ?? {})
				.map((cause) => [cause, figureOf(latest, `errors.${cause}`) ?? 0] as const)
				.filter(([, rate]) => rate > 0)
				.sort((a, b) => b[1] - a[1]);
			const capacity = busiest && busiest.held > 0 ? busiest.workers / busiest.held : Infinity;
			return {
				mechanism:
					'Requests that ended badly over all that ended. A late answer counts as bad, and so does one that was refused.',
				inputs: causes.length
					? causes.map(([cause, rate]) => [cause, formatRate(rate)])
					: [['errors', 'none']],
				...(busiest && busiest.utilisation > 0.95 && gauges.offered > capacity
					? {
							theory: `${busiest.name} can end ${formatRate(capacity)}; of ${formatRate(gauges.offered)} at least ${formatRatio(1 - capacity / gauges.offered)} have nowhere to go`
						}
					: {}),
				measured: `${formatRatio(gauges.errorRatio)}: ${formatCount(gauges.failed)} of ${formatCount(ended * latest.length)} in ${latest.length} s`
			};
		}
		case 'throughput':
			return {
				mechanism:
					'Good answers per second: what is offered, as far as the busiest place has workers for it (utilisation law: busy workers = rate × time each is held).',
				inputs: [['offered', formatRate(gauges.offered)], ...waiting(busiest)],
				...(busiest && busiest.held > 0
					? {
							theory: `at most ${busiest.workers} / ${formatLatency(busiest.held * 1000)} = ${formatRate(busiest.workers / busiest.held)} pass ${busiest.name}`
						}
					: {}),
				measured: formatRate(gauges.throughput)
			};
		case 'promise': {
			const { promise } = objective;
			if (!promise) return undefined;
			return {
				mechanism: `${promise.figure}, averaged over ${latest.length} seconds; the three other gauges do not see it.`,
				inputs: [
					['promised', `${promise.sense} ${formatFigure(promise.figure, promise.value)}`],
					[
						'a minute ago',
						formatFigure(promise.figure, figureOf(reports.slice(-60, -50), promise.figure) ?? 0)
					]
				],
				measured: formatFigure(promise.figure, figureOf(latest, promise.figure) ?? 0)
			};
		}
	}
}

function waiting(busiest: Busiest | undefined): [string, string][] {
	return busiest
		? [
				['busiest', busiest.name],
				['its workers', `${busiest.workers}, busy ${formatRatio(busiest.utilisation)}`],
				['each held for', formatLatency(busiest.held * 1000)]
			]
		: [];
}
