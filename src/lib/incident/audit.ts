import type { Scenario, SiteTopology } from '../content';
import { figureOf, type Gauges, measure, type Report } from '../simulation';
import { AuditRun, type Fork } from './audit-run';
import { placeholdersIn } from './figures';
import { gaugeSeconds, readGauges } from './gauges';
import { breaches, crossedCrashLine, excess, insideObjective } from './objective';
import { safeLine, settleSeconds, watchSeconds } from './round';

/** Doing nothing is watched for as long as a round without a mistake lasts, and the system after it as long again. */
const roundSeconds = 4 * watchSeconds + settleSeconds;
const keepSeconds = 20;
/** The trigger is fired again, and the system is judged by the second half of this. */
const triggerSeconds = 40;

/** What one scenario did, and what of its claims did not hold. */
export interface AuditRow {
	number: number;
	slug: string;
	title: string;
	family: string;
	/** Means over the seeds. */
	opening: Gauges;
	resolved: Gauges;
	failedWithout: number;
	failedWith: number;
	/** One sentence each, with the seed where it happened. */
	failures: string[];
}

/** Runs every path to a first wrong choice on each seed and compares what happened with what the scenario claims. */
export function auditScenario(
	topology: SiteTopology,
	scenario: Scenario,
	seeds: readonly number[]
): AuditRow {
	const audits = seeds.map((seed) => new SeedAudit(topology, scenario, seed));
	const average = (figure: (audit: SeedAudit) => number) =>
		audits.reduce((sum, audit) => sum + figure(audit), 0) / audits.length;
	const gauges = (of: (audit: SeedAudit) => Gauges): Gauges => ({
		p95Ms: average((audit) => of(audit).p95Ms),
		meanMs: average((audit) => of(audit).meanMs),
		errorRatio: average((audit) => of(audit).errorRatio),
		throughput: average((audit) => of(audit).throughput),
		offered: average((audit) => of(audit).offered),
		failed: average((audit) => of(audit).failed)
	});
	return {
		number: scenario.number,
		slug: scenario.slug,
		title: scenario.title,
		family: scenario.family,
		opening: gauges((audit) => audit.openingGauges),
		resolved: gauges((audit) => audit.resolvedGauges),
		failedWithout: average((audit) => audit.failedWithout),
		failedWith: average((audit) => audit.failedWith),
		failures: [...checkWords(scenario), ...audits.flatMap(({ failures }) => failures)]
	};
}

/** Texts quote only figures that the run has. */
function checkWords(scenario: Scenario): string[] {
	const run = new Set(['p95', 'mean', 'errorRatio', 'throughput', 'offered', 'failed']);
	const failures: string[] = [];
	for (const step of scenario.steps)
		for (const { id, says } of step.actions)
			for (const name of placeholdersIn(says)) {
				const path = name.replace(/\.(before|after)$/, '');
				if (!run.has(path) && !/^(service|call|flow|errors)\./.test(path))
					failures.push(`${step.kind}/${id}: {${name}} is no figure of the run`);
			}
	const literal = /\b\d+(\.\d+)?\s?(%|rps)/.exec(
		scenario.steps.flatMap(({ actions }) => actions.map(({ says }) => says)).join('\n')
	);
	if (literal)
		failures.push(
			`"${literal[0]}" is written into a verdict; quote the run, as {errorRatio.after}`
		);
	return failures;
}

/** All checks on one seed. */
class SeedAudit {
	readonly failures: string[] = [];
	readonly openingGauges: Gauges;
	readonly resolvedGauges: Gauges;
	readonly failedWithout: number;
	readonly failedWith: number;
	readonly excessWith: number;
	readonly #scenario: Scenario;
	readonly #seed: number;
	readonly #run: AuditRun;

	constructor(topology: SiteTopology, scenario: Scenario, seed: number) {
		this.#scenario = scenario;
		this.#seed = seed;
		this.#run = new AuditRun(topology, scenario, seed);
		const open = this.#run.open();
		const nothing = this.#run.pass(open, roundSeconds + keepSeconds);
		const forks = this.#run.play(open, safeLine(scenario));
		const done = this.#run.pass(forks.at(-1) ?? open, settleSeconds + keepSeconds);
		const from = scenario.opensAtSeconds;
		this.openingGauges = readGauges(open.reports, 2 * gaugeSeconds);
		this.resolvedGauges = readGauges(done.reports);
		this.failedWithout = measure(nothing.reports.slice(from)).failed;
		this.failedWith = measure(done.reports.slice(from)).failed;
		this.excessWith = this.#excess(done.reports);

		this.#checkOpening(open, nothing);
		this.#checkResolution(done, from);
		this.#checkLoadBearing();
		this.#checkVerify(open);
		this.#checkStepsEarnTheirPlace(forks);
		this.#checkGuard(forks);
		forks.slice(0, 4).forEach((fork, step) => this.#checkWrongActions(fork, step));
	}

	#say(what: string) {
		this.failures.push(`seed ${this.#seed}: ${what}`);
	}

	#outside(reports: readonly Report[]) {
		return breaches(reports, this.#scenario.objective);
	}

	#excess(reports: readonly Report[]) {
		return excess(reports.slice(this.#scenario.opensAtSeconds), this.#scenario.objective);
	}

	/** The figure of the promise beyond the gauges, as a gauge that is better when lower; undefined where there is none. */
	#promised(reports: readonly Report[]) {
		const { promise } = this.#scenario.objective;
		if (!promise) return undefined;
		const figure = figureOf(reports.slice(-gaugeSeconds), promise.figure) ?? 0;
		const sign = promise.sense === 'at-most' ? 1 : -1;
		return { figure: sign * figure, value: sign * promise.value };
	}

	/**
	 * At least a fifth worse in a gauge; for errors also at least a percentage point. What a promise is about may pile up
	 * whatever one does: there a fifth is one of what doing nothing adds.
	 */
	#worsened(
		start: readonly Report[],
		base: readonly Report[],
		tried: readonly Report[],
		seconds = gaugeSeconds
	): boolean {
		if (worsened(readGauges(base, seconds), readGauges(tried, seconds))) return true;
		const [from, before, after] = [start, base, tried].map((reports) => this.#promised(reports));
		if (!from || !before || !after || after.figure <= after.value) return false;
		const added = before.figure - from.figure;
		return after.figure - before.figure > 0.2 * Math.max(added, Math.abs(after.value));
	}

	/** Better in a gauge by more than noise, where it was not good anyhow. */
	#helped(base: readonly Report[], tried: readonly Report[]): boolean {
		const before = this.#promised(base);
		const after = this.#promised(tried);
		return (
			helped(readGauges(base), readGauges(tried)) ||
			(before !== undefined &&
				after !== undefined &&
				before.figure > before.value &&
				before.figure - after.figure > 0.2 * Math.abs(before.figure))
		);
	}

	#checkOpening(open: Fork, nothing: Fork) {
		if (this.#outside(open.reports.slice(-gaugeSeconds)).length === 0)
			this.#say('opens inside its objective');
		windows(nothing.reports.slice(this.#scenario.opensAtSeconds)).forEach((window, index) => {
			if (this.#outside(window).length === 0)
				this.#say(`is back inside by itself after ${(index + 1) * gaugeSeconds} s`);
		});
	}

	#checkResolution(done: Fork, from: number) {
		const tail = done.reports.slice(from + 4 * watchSeconds + settleSeconds - gaugeSeconds);
		windows(tail).forEach((window) => {
			const outside = this.#outside(window);
			if (outside.length)
				this.#say(`the safe line leaves ${outside.join(', ')} outside: ${this.#show(window)}`);
		});
		if (crossedCrashLine(done.reports.slice(from), this.#scenario.crashErrorRatio))
			this.#say('the safe line crosses the crash line');
	}

	#checkLoadBearing() {
		const healthy = this.#run.pass(this.#run.open([]), roundSeconds);
		windows(healthy.reports.slice(this.#scenario.opensAtSeconds)).forEach((window) => {
			const outside = this.#outside(window);
			if (outside.length)
				this.#say(`without the fault ${outside.join(', ')} is outside: ${this.#show(window)}`);
		});
	}

	#checkVerify(open: Fork) {
		const { lookalike, signal } = this.#scenario;
		if (!lookalike || !signal) return this.#say('names no look-alike, or no signal to tell it by');
		const other = this.#run.open(lookalike.fault);
		const here = series(open.reports, signal);
		const there = series(other.reports, signal);
		if (!here || !there) return this.#say(`there is no figure ${signal}`);
		const gap = Math.abs(here.mean - there.mean);
		const noise = Math.sqrt(here.variance / here.count + there.variance / there.count);
		const scale = Math.max(Math.abs(here.mean), Math.abs(there.mean));
		if (!(gap > 5 * noise && gap > 0.2 * scale))
			this.#say(
				`${signal} does not tell the look-alike: ${here.mean.toFixed(3)} and ${there.mean.toFixed(3)}`
			);
		if (this.#outside(other.reports.slice(-gaugeSeconds)).length === 0)
			this.#say('the look-alike opens inside the objective');
	}

	#checkStepsEarnTheirPlace(safe: Fork[]) {
		const line = safeLine(this.#scenario);
		for (const left of [1, 2]) {
			const from = safe[left];
			if (!from) continue;
			const rest = [{ step: left, action: null }, ...line.slice(left + 1)];
			const forks = this.#run.play(from, rest);
			const end = this.#run.pass(forks.at(-1) ?? from, settleSeconds + keepSeconds);
			const failed = measure(end.reports.slice(this.#scenario.opensAtSeconds)).failed;
			const kept = insideObjective(end.reports, this.#scenario.objective);
			const excess = this.#excess(end.reports);
			if (kept && failed <= this.failedWith * 1.05 && excess <= this.excessWith * 1.05)
				this.#say(
					`${this.#scenario.steps[left]?.kind} makes no difference: ${failed} failed without it, ${this.failedWith} with it`
				);
		}
	}

	#checkGuard(forks: Fork[]) {
		const guarded = forks[4];
		const before = forks[3];
		if (!guarded || !before) return;
		const unguarded = this.#run.move(before, { step: 3, action: null });
		const fire = (fork: Fork) => {
			const simulation = fork.branch();
			simulation.advance(settleSeconds);
			const reports: Report[] = [];
			for (const { atSeconds, change } of this.#scenario.trigger) {
				reports.push(...simulation.advance(atSeconds - reports.length));
				simulation.apply(change);
			}
			reports.push(...simulation.advance(triggerSeconds - reports.length));
			return reports.slice(triggerSeconds / 2);
		};
		const held = fire(guarded);
		if (this.#outside(held).length)
			this.#say(`the guard does not hold when the trigger comes again: ${this.#show(held)}`);
		const lost = fire(unguarded);
		if (this.#outside(lost).length === 0)
			this.#say(`the guard is not needed: without it the trigger gives ${this.#show(lost)}`);
	}

	#checkWrongActions(fork: Fork, step: number) {
		const nothing = this.#run.pass(fork, watchSeconds);
		for (const action of this.#scenario.steps[step]?.actions ?? []) {
			if (action.verdict === 'safe') continue;
			const name = `${this.#scenario.steps[step]?.kind}/${action.id}`;
			if (action.changes.length === 0) {
				// The same run as doing nothing, to the digit.
				if (action.verdict === 'harmful') this.#say(`${name} does no harm: it changes nothing`);
				continue;
			}
			const tried = this.#run.pass(fork, watchSeconds, action.changes);
			const crashed = crossedCrashLine(
				tried.reports.slice(-watchSeconds),
				this.#scenario.crashErrorRatio
			);
			const worse =
				crashed ||
				this.#worsened(fork.reports, nothing.reports, tried.reports) ||
				this.#worsened(fork.reports, nothing.reports, tried.reports, watchSeconds);
			const figures = `nothing ${this.#show(nothing.reports)}; tried ${this.#show(tried.reports)}`;
			if (action.verdict === 'harmful' && !worse) this.#say(`${name} does no harm: ${figures}`);
			if (action.verdict === 'ineffective') {
				if (worse) this.#say(`${name} does harm: ${figures}`);
				else if (this.#helped(nothing.reports, tried.reports) && this.#lasts(fork, action.changes))
					this.#say(`${name} helps: ${figures}`);
			}
		}
	}

	/** Whether the relief of an action, left in place, is still there after a minute. */
	#lasts(fork: Fork, changes: Parameters<AuditRun['pass']>[2]) {
		const base = this.#run.pass(fork, 3 * watchSeconds).reports;
		const tried = this.#run.pass(fork, 3 * watchSeconds, changes).reports;
		return this.#helped(base, tried);
	}

	/** The gauges over these reports' last seconds, in words. */
	#show(reports: readonly Report[]) {
		const { meanMs, p95Ms, errorRatio, throughput } = readGauges(reports);
		const promise = this.#scenario.objective.promise;
		const promised = promise
			? `, ${promise.figure} ${(figureOf(reports.slice(-gaugeSeconds), promise.figure) ?? 0).toFixed(2)}`
			: '';
		return `mean ${meanMs.toFixed(0)} p95 ${p95Ms.toFixed(0)} ms, errors ${(errorRatio * 100).toFixed(1)} %, ${throughput.toFixed(0)} rps${promised}`;
	}
}

/** At least a fifth worse in a gauge; for errors also at least a percentage point. */
function worsened(base: Gauges, gauges: Gauges): boolean {
	return (
		(gauges.p95Ms > base.p95Ms * 1.2 && gauges.p95Ms - base.p95Ms > 20) ||
		(gauges.errorRatio > base.errorRatio * 1.2 && gauges.errorRatio - base.errorRatio > 0.01) ||
		gauges.throughput < base.throughput * 0.8
	);
}

/** Better in a gauge by more than noise, where it was not good anyhow. */
function helped(base: Gauges, gauges: Gauges): boolean {
	return (
		(gauges.p95Ms < base.p95Ms * 0.8 && base.p95Ms - gauges.p95Ms > 50) ||
		base.errorRatio - gauges.errorRatio > Math.max(0.03, base.errorRatio * 0.2) ||
		gauges.throughput > base.throughput * 1.15
	);
}

function windows(reports: readonly Report[]): Report[][] {
	const parts: Report[][] = [];
	for (let at = 0; at + gaugeSeconds <= reports.length; at += gaugeSeconds)
		parts.push(reports.slice(at, at + gaugeSeconds));
	return parts;
}

function series(reports: readonly Report[], path: string) {
	const values = reports.slice(-gaugeSeconds).map((report) => figureOf([report], path));
	if (!values.length || values.some((value) => value === undefined)) return undefined;
	const numbers = values as number[];
	const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
	const variance =
		numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, numbers.length - 1);
	return { mean, variance, count: numbers.length };
}
