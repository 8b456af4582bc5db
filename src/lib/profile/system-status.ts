import type { Objective } from '$lib/content';
import type { Report } from '$lib/simulation';
import { formatLatency, formatRate, formatRatio, healthOf, type Health } from '$lib/ui';

/** One figure of the running system against what was promised. */
export interface StatusFigure {
	name: 'latency' | 'errors' | 'traffic';
	health: Health;
	/** With its unit: `206 ms`. */
	measured: string;
	/** With its unit and sense: `at most 400 ms`. */
	promised: string;
}

export interface SystemStatus {
	/** The worst of the three. */
	health: Health;
	/** In a few words. */
	text: string;
	figures: StatusFigure[];
}

const severity: Record<Health, number> = { ok: 0, idle: 0, degraded: 1, failing: 2 };
const words: Record<Health, string> = {
	ok: 'inside its objective',
	degraded: 'close to its objective',
	failing: 'outside its objective',
	idle: 'not measured'
};

/** The running system's p95, error ratio and throughput, judged by its objective. */
export function systemStatus(report: Report | undefined, objective: Objective): SystemStatus {
	if (!report) return { health: 'idle', text: words.idle, figures: [] };
	const figures: StatusFigure[] = [
		{
			name: 'latency',
			health: healthOf(report.p95Ms, objective.latencyMs, 'at-most'),
			measured: `p95 ${formatLatency(report.p95Ms)}`,
			promised: `at most ${formatLatency(objective.latencyMs)}`
		},
		{
			name: 'errors',
			health: healthOf(report.errorRatio, objective.errorRatio, 'at-most'),
			measured: formatRatio(report.errorRatio),
			promised: `at most ${formatRatio(objective.errorRatio)}`
		},
		{
			name: 'traffic',
			health: healthOf(report.throughput, objective.throughput, 'at-least'),
			measured: formatRate(report.throughput),
			promised: `at least ${formatRate(objective.throughput)}`
		}
	];
	const health = figures.reduce<Health>(
		(worst, figure) => (severity[figure.health] > severity[worst] ? figure.health : worst),
		'ok'
	);
	return { health, text: words[health], figures };
}
