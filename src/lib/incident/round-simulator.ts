import type { Scenario, SiteTopology } from '../content';
import type { SimulationPort, StartSimulation } from '../platform';
import { failedIn, type LogLine, type Report, type Trace } from '../simulation';

import { brokenSeconds } from './objective';
import {
	changesOf,
	inputOf,
	safeLine,
	settleSeconds,
	stepAfter,
	watchSeconds,
	type Move
} from './round';

/** What a stretch of the run brought to light. */
export interface Watched {
	reports: Report[];
	logs: LogLine[];
	/** A request that failed lately, or a slow one where none did. */
	trace?: Trace;
}

/** What users had to bear from the opening of the round on. */
export interface Harm {
	/** Requests that failed. */
	failed: number;
	/** Seconds in which the promise beyond the gauges was broken; 0 where there is none. */
	brokenSeconds: number;
}

/** The harm of a round beside others over the same time and the same random numbers. */
export interface Comparison {
	you: Harm;
	nothing: Harm;
	best: Harm;
	/** What it would have been without each wrong decision. */
	without: { move: Move; harm: Harm }[];
}

export interface RoundSimulatorOptions {
	startSimulation: StartSimulation;
	topology: SiteTopology;
	scenario: Scenario;
	seed: number;
}

/**
 * Runs a round wherever simulations run. It is told all decisions each time, so that it can begin anew from nothing
 * (a page that was reloaded, a worker that died) and get the same figures.
 */
export class RoundSimulator {
	readonly #options: RoundSimulatorOptions;
	#port: SimulationPort | undefined;
	#played: Move[] = [];

	constructor(options: RoundSimulatorOptions) {
		this.#options = options;
	}

	/** From the start to the end of the last decision given; the round's opening when there is none. */
	async open(moves: readonly Move[]): Promise<Watched> {
		this.close();
		this.#port = this.#start();
		const reports = await this.#advance(this.#options.scenario.opensAtSeconds);
		for (const move of moves) {
			reports.push(...(await this.#play(move)));
		}
		return this.#look(reports);
	}

	/** The last of these decisions. */
	async watch(moves: readonly Move[]): Promise<Watched> {
		const before = moves.slice(0, -1);
		const last = moves.at(-1);
		if (!last) throw new RangeError('there is no decision to watch');
		if (!this.#port || JSON.stringify(this.#played) !== JSON.stringify(before))
			await this.open(before);
		return this.#look(await this.#play(last));
	}

	/** The time after the last step in which the system has to hold. */
	async settle(moves: readonly Move[]): Promise<Watched> {
		if (!this.#port || JSON.stringify(this.#played) !== JSON.stringify(moves))
			await this.open(moves);
		return this.#look(await this.#advance(settleSeconds));
	}

	/** A whole round at once, as it was played: to the end of the last decision, and of the watch after the fourth step. */
	async replay(moves: readonly Move[]): Promise<Report[]> {
		const { reports } = await this.open(moves);
		if (stepAfter(this.#options.scenario, moves) === 4)
			reports.push(...(await this.#advance(settleSeconds)));
		return reports;
	}

	/** What the round cost, beside doing nothing, the best line, and the round without each of its wrong decisions. */
	async compare(moves: readonly Move[], seconds: number): Promise<Comparison> {
		const line = safeLine(this.#options.scenario);
		const wrong = moves.filter(({ step, action }) => line[step]?.action !== action);
		const without = [];
		for (const move of wrong.slice(0, 4))
			without.push({
				move,
				harm: await this.#harm(
					moves.filter((other) => other !== move),
					seconds
				)
			});
		return {
			you: await this.#harm(moves, seconds),
			nothing: await this.#harm([], seconds),
			best: await this.#harm(line, seconds),
			without
		};
	}

	close(): void {
		this.#port?.close();
		this.#port = undefined;
		this.#played = [];
	}

	#start(): SimulationPort {
		const { startSimulation, topology, scenario, seed } = this.#options;
		return startSimulation({ input: inputOf(topology, scenario, seed) });
	}

	async #harm(moves: readonly Move[], seconds: number): Promise<Harm> {
		const other = new RoundSimulator(this.#options);
		try {
			const lasting = moves.slice(0, Math.ceil(seconds / watchSeconds));
			const { reports } = await other.open(lasting);
			const left = seconds - lasting.length * watchSeconds;
			if (left > 0) reports.push(...(await other.#advance(left)));
			const { opensAtSeconds, objective } = this.#options.scenario;
			const run = reports.slice(opensAtSeconds, opensAtSeconds + seconds);
			return {
				failed: run.reduce((sum, report) => sum + failedIn(report), 0),
				brokenSeconds: brokenSeconds(run, objective)
			};
		} finally {
			other.close();
		}
	}

	async #play(move: Move): Promise<Report[]> {
		const { topology, scenario } = this.#options;
		const changes = changesOf(topology, scenario, [...this.#played, move]).at(-1);
		for (const change of changes?.apply ?? []) await this.#port?.apply(change);
		const reports = await this.#advance(watchSeconds);
		for (const change of changes?.revert ?? []) await this.#port?.apply(change);
		this.#played = [...this.#played, move];
		return reports;
	}

	async #advance(seconds: number): Promise<Report[]> {
		return (await this.#port?.advance(seconds)) ?? [];
	}

	async #look(reports: Report[]): Promise<Watched> {
		const since = Math.max(0, (reports.at(-1)?.time ?? 0) - watchSeconds);
		const logs = (await this.#port?.logs(since)) ?? [];
		const trace =
			(await this.#port?.trace({ kind: 'failed' })) ?? (await this.#port?.trace({ kind: 'p95' }));
		return { reports, logs: logs.slice(-60), ...(trace ? { trace } : {}) };
	}
}
