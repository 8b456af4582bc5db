import type { Objective, ScenarioAction, Verdict } from '../content';
import { figureOf, type Gauges, type Report } from '../simulation';

import { formatFigure, quoteRun } from './quote';
import { gaugeSeconds, readGauges } from './gauges';
import { watchSeconds } from './round';

/** What the player is told after a decision was watched, in the figures of this run. */
export interface VerdictText {
	verdict: Verdict;
	/** Such as `Safe. It stays.` */
	title: string;
	says: string;
	/** A gauge each. */
	figures: { label: string; before: string; after: string }[];
}

const titles: Record<Verdict, string> = {
	safe: 'Safe. It stays.',
	ineffective: 'No effect. Taken back; the time is gone.',
	harmful: 'Harmful. Taken back; what built up stays.'
};

/**
 * The verdict on an action.
 * @param reports of the run up to the end of watching; the last {@link watchSeconds} are the action's own
 */
export function verdictOn(
	action: ScenarioAction,
	reports: readonly Report[],
	{ promise }: Pick<Objective, 'promise'> = {}
): VerdictText {
	const { before, after } = aroundAction(reports);
	return {
		verdict: action.verdict,
		title: titles[action.verdict],
		says: quoteRun(action.says, { before, after }),
		figures: [
			...compare(readGauges(before), readGauges(after)),
			...(promise
				? [
						{
							label: promise.label,
							before: formatFigure(promise.figure, figureOf(before, promise.figure) ?? 0),
							after: formatFigure(promise.figure, figureOf(after, promise.figure) ?? 0)
						}
					]
				: [])
		]
	};
}

/** The seconds before the last action, and the last seconds under it. */
export function aroundAction(reports: readonly Report[]): { before: Report[]; after: Report[] } {
	const start = reports.length - watchSeconds;
	return {
		before: reports.slice(Math.max(0, start - gaugeSeconds), start),
		after: reports.slice(-gaugeSeconds)
	};
}

function compare(before: Gauges, after: Gauges): VerdictText['figures'] {
	const row = (label: string, path: string, of: (gauges: Gauges) => number) => ({
		label,
		before: formatFigure(path, of(before)),
		after: formatFigure(path, of(after))
	});
	return [
		row('p95', 'p95', ({ p95Ms }) => p95Ms),
		row('mean', 'mean', ({ meanMs }) => meanMs),
		row('errors', 'errorRatio', ({ errorRatio }) => errorRatio),
		row('throughput', 'throughput', ({ throughput }) => throughput)
	];
}
