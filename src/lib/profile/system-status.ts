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

/** Seconds that a verdict looks back on: single ones go up and down with chance. */
const windowSeconds = 10;

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

function median(numbers: number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function errorRatioOf(reports: Report[]): number {
	const failed = sum(reports.map(({ errors }) => sum(Object.values(errors))));
	const ended = failed + sum(reports.map(({ completed }) => completed));
	return ended ? failed / ended : 0;
}

/**
 * The running system's p95, error ratio and throughput over the last ten seconds (of the p95s, the median second's),
 * judged by its objective. Throughput is never merely close: how much is offered is not for the system to say.
 * @param reports oldest first
 */
export function systemStatus(reports: Report[], objective: Objective): SystemStatus {
	if (!reports.length) return { health: 'idle', text: words.idle, figures: [] };
	const recent = reports.slice(-windowSeconds);
	const latencyMs = median(recent.map(({ p95Ms }) => p95Ms));
	const errorRatio = errorRatioOf(recent);
	const throughput = sum(recent.map((report) => report.throughput)) / recent.length;
	const figures: StatusFigure[] = [
		{
			name: 'latency',
			health: healthOf(latencyMs, objective.latencyMs, 'at-most'),
			measured: `p95 ${formatLatency(latencyMs)}`,
			promised: `at most ${formatLatency(objective.latencyMs)}`
		},
		{
			name: 'errors',
			health: healthOf(errorRatio, objective.errorRatio, 'at-most'),
			measured: formatRatio(errorRatio),
			promised: `at most ${formatRatio(objective.errorRatio)}`
		},
		{
			name: 'traffic',
			health: throughput < objective.throughput ? 'failing' : 'ok',
			measured: formatRate(throughput),
			promised: `at least ${formatRate(objective.throughput)}`
		}
	];
	const health = figures.reduce<Health>(
		(worst, figure) => (severity[figure.health] > severity[worst] ? figure.health : worst),
		'ok'
	);
	return { health, text: words[health], figures };
}
