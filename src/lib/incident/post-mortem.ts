import type { Scenario, ScenarioAction } from '../content';
import { figureOf, measure, type Report } from '../simulation';
import { formatCount, formatRatio } from '../ui';

import { gaugeSeconds } from './gauges';
import { breaches, brokenSeconds } from './objective';
import { formatFigure, quoteRun } from './quote';
import { actionOf, watchSeconds, type Move } from './round';
import type { Comparison, Harm } from './round-simulator';
import type { RoundResult } from './score';

/** A blameless account of one round, from the run itself. */
export interface PostMortem {
	title: string;
	/** One sentence on how it ended. */
	summary: string;
	timeline: { at: string; text: string }[];
	impact: string[];
	cause: string;
	helped: string[];
	hurt: string[];
	followUps: string[];
	/** What another decision would have changed, on the same random numbers. */
	comparison: string[];
	lesson: string;
	source: { title: string; url: string };
	limits: string;
}

export interface PostMortemInput {
	scenario: Scenario;
	outcome: RoundResult['outcome'];
	moves: readonly Move[];
	hints: readonly number[];
	reports: readonly Report[];
	comparison?: Comparison | undefined;
}

export function writePostMortem(input: PostMortemInput): PostMortem {
	const { scenario, moves, reports } = input;
	const run = reports.slice(scenario.opensAtSeconds);
	const total = measure(run);
	const decisions = moves.map((move, index) => {
		const end = scenario.opensAtSeconds + (index + 1) * watchSeconds;
		const start = end - watchSeconds;
		return {
			move,
			action: actionOf(scenario, move),
			at: clockOf(index * watchSeconds),
			before: reports.slice(start - gaugeSeconds, start),
			after: reports.slice(end - gaugeSeconds, end)
		};
	});
	const told = (verdict: string) =>
		decisions
			.filter(({ action }) => action?.verdict === verdict)
			.map(({ action, before, after }) =>
				action ? `${action.label}: ${quoteRun(action.says, { before, after })}` : ''
			);
	const mitigated = decisions.find(
		({ move, action }) => move.step === 1 && action?.verdict === 'safe'
	);
	const burn = total.errorRatio / scenario.objective.errorRatio;
	return {
		title: `${scenario.title} (${scenario.severity})`,
		summary: summaryOf(input, run),
		timeline: [
			{ at: clockOf(0), text: `Paged. ${scenario.page}` },
			...decisions.map(({ at, action, after }) => ({
				at,
				text: `${action?.label ?? ''}. Errors ${formatFigure('errorRatio', measure(after).errorRatio)}, p95 ${formatFigure('p95', measure(after).p95Ms)}${promised(scenario, after)} by the end of it.`
			})),
			{ at: clockOf(run.length), text: endings[input.outcome] }
		],
		impact: [
			`${formatCount(total.failed)} of ${formatCount(total.offered * run.length)} requests failed in ${run.length} simulated seconds (${formatRatio(total.errorRatio)}).`,
			...(Number.isFinite(burn)
				? [`The error budget burned ${burn.toFixed(1)} times as fast as the objective allows.`]
				: []),
			...(scenario.objective.promise
				? [
						`"${scenario.objective.promise.label}" was out of bounds for ${brokenSeconds(run, scenario.objective)} of them.`
					]
				: []),
			mitigated
				? `Time to mitigate: ${mitigated.at} after the page.`
				: 'The harm was not mitigated before the round ended.'
		],
		cause: causeOf(decisions),
		helped: told('safe'),
		hurt: [...told('harmful'), ...told('ineffective')],
		followUps: followUpsOf(scenario, moves),
		comparison: comparisonOf(scenario, input.comparison),
		lesson: scenario.lesson.text,
		source: scenario.source,
		limits: scenario.limits
	};
}

/** The figure of the promise beyond the gauges, to follow theirs in a sentence. */
function promised({ objective: { promise } }: Scenario, reports: readonly Report[]): string {
	if (!promise) return '';
	return `, ${promise.label} ${formatFigure(promise.figure, figureOf(reports, promise.figure) ?? 0)}`;
}

/** What the first safe decision brought to light. */
function causeOf(
	decisions: { action: ScenarioAction | undefined; before: Report[]; after: Report[] }[]
): string {
	const found = decisions.find(({ action }) => action?.verdict === 'safe');
	return found?.action ? quoteRun(found.action.says, found) : 'Not established in this round.';
}

const endings: Record<RoundResult['outcome'], string> = {
	resolved: 'Back inside the objective, and it held.',
	unresolved: 'All steps done, and the objective is not kept.',
	crashed: 'Crash: errors stayed above the line for ten seconds.'
};

function summaryOf({ scenario, outcome, hints }: PostMortemInput, run: Report[]): string {
	const outside = breaches(run.slice(-gaugeSeconds), scenario.objective);
	const names = {
		latency: 'latency',
		errorRatio: 'error ratio',
		throughput: 'throughput',
		promise: scenario.objective.promise?.label ?? 'promise'
	};
	const rest = outside.map((name) => names[name]).join(', ');
	return [
		endings[outcome],
		...(outcome === 'unresolved' && rest ? [`Still outside: ${rest}.`] : []),
		...(hints.length ? [`${hints.length} ${hints.length === 1 ? 'hint' : 'hints'} taken.`] : [])
	].join(' ');
}

function followUpsOf(scenario: Scenario, moves: readonly Move[]): string[] {
	const guard = scenario.steps[3]?.actions.find(({ verdict }) => verdict === 'safe');
	const done = moves.some(({ step, action }) => step === 3 && action === guard?.id);
	return [
		...(guard ? [`${guard.label}${done ? ' (done)' : ' (open)'}`] : []),
		...(scenario.signal
			? [
					`Put ${scenario.signal} on the first dashboard; it tells this from: ${scenario.lookalike?.title ?? 'other causes'}.`
				]
			: [])
	];
}

function comparisonOf(scenario: Scenario, comparison: Comparison | undefined): string[] {
	if (!comparison) return [];
	const { promise } = scenario.objective;
	const units: { title: string; of: (harm: Harm) => number; tell: (count: number) => string }[] = [
		{ title: 'Requests failed', of: ({ failed }) => failed, tell: formatCount },
		...(promise
			? [
					{
						title: `Seconds with "${promise.label}" out of bounds`,
						of: ({ brokenSeconds }: Harm) => brokenSeconds,
						tell: (count: number) => `${count} s`
					}
				]
			: [])
	];
	const { you, nothing, best, without } = comparison;
	return [
		...units.map(({ title, of, tell }) => {
			const avoidable = of(nothing) - of(best);
			const saved = avoidable > 0 ? (of(nothing) - of(you)) / avoidable : 1;
			return `${title}: ${tell(of(you))} in this round, ${tell(of(nothing))} had nobody acted, ${tell(of(best))} on the best line.${avoidable > 0 ? ` Saved: ${formatRatio(Math.min(1, Math.max(0, saved)))} of what could be saved.` : ''}`;
		}),
		...without.map(({ move, harm }) => {
			const label = actionOf(scenario, move)?.label ?? '';
			const fewer = units
				.map(({ title, of, tell }) => ({ title, tell, count: of(you) - of(harm) }))
				.filter(({ count }) => count > 0)
				.map(({ title, tell, count }) => `${title.toLowerCase()}: ${tell(count)} fewer`);
			return fewer.length
				? `Without "${label}", ${fewer.join('; ')}.`
				: `Without "${label}", no fewer; it cost nothing but attention.`;
		})
	];
}

/** Minutes and seconds since the page: `+1:20`. */
export function clockOf(seconds: number): string {
	return `+${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The same account as Markdown, for a file or the clipboard. */
export function postMortemMarkdown(account: PostMortem): string {
	const list = (items: string[]) => items.map((item) => `- ${escape(item)}`);
	const section = (title: string, lines: string[]) =>
		lines.length ? [`## ${title}`, '', ...lines, ''] : [];
	return [
		`# Post-mortem: ${escape(account.title)}`,
		'',
		escape(account.summary),
		'',
		...section(
			'Timeline',
			account.timeline.map(({ at, text }) => `- \`${at}\` ${escape(text)}`)
		),
		...section('Impact', list(account.impact)),
		...section('Cause', [escape(account.cause)]),
		...section('What helped', list(account.helped)),
		...section('What hurt', list(account.hurt)),
		...section('In comparison', list(account.comparison)),
		...section('Follow-ups', list(account.followUps)),
		...section('Lesson', [escape(account.lesson)]),
		...section('Source', [`[${escape(account.source.title)}](<${account.source.url}>)`]),
		...section('What the model leaves out', [escape(account.limits)])
	].join('\n');
}

/** Text that stays text in Markdown. */
function escape(text: string): string {
	return text.replace(/[\\`*_[\]<>#]/g, '\\$&');
}
