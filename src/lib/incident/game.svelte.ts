import { createActor } from 'xstate';
import type { Scenario, ScenarioAction, SiteTopology } from '$lib/content';
import {
	deviceClock,
	Live,
	type Clock,
	type KeyValueStore,
	type StartSimulation
} from '$lib/platform';
import { measure, type Report } from '$lib/simulation';
import { dealActions } from './deck';

import {
	createIncidentMachine,
	triedActions,
	type IncidentMachine,
	type RoundEvent
} from './machine';
import { writePostMortem, type PostMortem } from './post-mortem';
import { savedRoundOn, scorecardOn } from './progress';
import { decodeReplay, encodeReplay, type Replay } from './replay-code';
import { actionOf, safeLine, stepAfter, watchSeconds } from './round';
import { RoundSimulator } from './round-simulator';
import { recordRound, scoreRound, type RoundResult } from './score';
import { shareText } from './share';
import { verdictOn, type VerdictText } from './verdict';

export interface GameOptions {
	scenario: Scenario;
	topology: SiteTopology;
	startSimulation: StartSimulation;
	store: KeyValueStore;
	clock?: Clock;
	/** Consequences are shown at once. */
	still: boolean;
	/** Where a replay link says what was played. */
	query?: () => URLSearchParams;
}

/**
 * `round` counts for the scorecard and survives a reload. A `replay` shows somebody's round, a `practice` begins at a
 * later step; neither counts.
 */
export type GameMode = 'round' | 'replay' | 'practice';

/** Ten times as fast as life. */
const paceMs = 100;

/** A round on the page: the machine, the device's scorecard, and the round that was left in the middle. */
export class Game {
	readonly #options: GameOptions;
	readonly #scorecard;
	readonly #saved;
	#simulator: RoundSimulator | undefined;
	#live = $state.raw<Live<IncidentMachine>>();
	#seed = 0;
	#mode = $state.raw<GameMode>('round');
	/** The round of the link that led here, and its run once it has been simulated. */
	#linked = $state.raw<Replay>();
	#ghost = $state.raw<Report[]>([]);
	#linkProblem = $state.raw<string>();
	/** How the round ended, once it has. */
	#result = $state.raw<RoundResult>();

	constructor(options: GameOptions) {
		this.#options = options;
		this.#scorecard = scorecardOn(options.store);
		this.#saved = savedRoundOn(options.store, options.scenario);
	}

	/** Waits at the page, or takes up the round that was left; call it once the page is live. */
	open(): void {
		this.#scorecard.restore();
		this.#saved.restore();
		this.#readLink();
		const left = this.#saved.current;
		this.#start('round', left?.seed ?? this.#linked?.seed ?? this.#options.topology.seed, left);
	}

	/** The same incident again, from the page, on other random numbers; beside a linked round on the same. */
	again(): void {
		this.#saved.current = null;
		this.#start('round', this.#linked?.seed ?? this.#seed + 1);
	}

	/** Shows the linked round, to its end. */
	watchLinked(): void {
		if (this.#linked) this.#start('replay', this.#linked.seed, this.#linked);
	}

	/** Any step by itself: those before it are taken by the safe line. */
	practise(step: number): void {
		const moves = safeLine(this.#options.scenario).slice(0, step);
		this.#start('practice', this.#seed, { moves, hints: [] });
	}

	#readLink(): void {
		const code = this.#options.query?.().get('replay');
		if (!code) return;
		const decoded = decodeReplay(this.#options.scenario, code);
		if (!decoded.ok) {
			this.#linkProblem = `The round in this link cannot be shown: ${decoded.problem}. The incident is here to play all the same.`;
			return;
		}
		this.#linked = decoded.value;
		void this.#simulateGhost(decoded.value);
	}

	async #simulateGhost({ seed, moves }: Replay): Promise<void> {
		const { startSimulation, topology, scenario } = this.#options;
		const simulator = new RoundSimulator({ startSimulation, topology, scenario, seed });
		try {
			this.#ghost = await simulator.replay(moves);
		} catch (error) {
			this.#linkProblem = `The round in this link could not be simulated: ${error instanceof Error ? error.message : String(error)}`;
		} finally {
			simulator.close();
		}
	}

	close(): void {
		this.#live?.actor.stop();
		this.#simulator?.close();
	}

	#start(mode: GameMode, seed: number, from: Pick<Replay, 'moves' | 'hints'> | null = null): void {
		this.close();
		const { scenario, topology, startSimulation, clock = deviceClock, still } = this.#options;
		this.#mode = mode;
		this.#seed = seed;
		this.#result = undefined;
		this.#simulator = new RoundSimulator({ startSimulation, topology, scenario, seed: this.#seed });
		const machine = createIncidentMachine({
			scenario,
			simulator: this.#simulator,
			clock,
			paceMs: () => (still ? 0 : paceMs)
		});
		const resume = from ? { resume: { moves: from.moves, hints: from.hints } } : {};
		const actor = createActor(machine, { input: resume });
		actor.on('round.moved', () => this.#keep());
		actor.on('round.ended', ({ result }) => this.#finish(result));
		this.#live = new Live(actor);
		actor.start();
		if (from) actor.send({ type: 'page.acknowledge' });
	}

	/** What the player is doing; the machine's state at the top level. */
	get phase(): string {
		const value = this.#live?.snapshot.value ?? 'paged';
		return typeof value === 'string' ? value : (Object.keys(value)[0] ?? 'paged');
	}

	get #context() {
		return this.#live?.snapshot.context;
	}

	/** What is on screen of the run, oldest first. */
	get reports(): Report[] {
		return this.#context?.reports ?? [];
	}

	get logs() {
		return this.#context?.logs ?? [];
	}

	get trace() {
		return this.#context?.trace;
	}

	get step(): number {
		return stepAfter(this.#options.scenario, this.#context?.moves ?? []);
	}

	/** The step's actions in the order of this round; those that were taken back are marked. */
	get choices(): (ScenarioAction & { tried: boolean })[] {
		const context = this.#context;
		const step = this.#options.scenario.steps[this.step];
		if (!step || !context) return [];
		const tried = triedActions(this.#options.scenario, context);
		return dealActions(step, this.step, this.#seed).map((action) => ({
			...action,
			tried: tried.includes(action.id)
		}));
	}

	get hinted(): boolean {
		return this.#context?.hints.includes(this.step) ?? false;
	}

	get card() {
		return this.#scorecard.current;
	}

	get mode(): GameMode {
		return this.#mode;
	}

	/** Points of the round that has ended, where it counts. */
	get earned(): number | undefined {
		return this.#mode === 'round' && this.#result ? scoreRound(this.#result) : undefined;
	}

	/** The run of the linked round, oldest second first; empty where there is none, or not yet. */
	get ghost(): Report[] {
		return this.#ghost;
	}

	/** Seconds into the run at which each decision was taken. */
	get decidedAt(): number[] {
		const { opensAtSeconds } = this.#options.scenario;
		return (this.#context?.moves ?? []).map((_, index) => opensAtSeconds + index * watchSeconds);
	}

	/** The round as a word for a link; once it has ended. */
	get replayCode(): string | undefined {
		const context = this.#context;
		if (!context || !this.#result || this.#mode === 'practice') return undefined;
		return encodeReplay(this.#options.scenario, { ...context, seed: this.#seed });
	}

	/** The result as a few lines for a chat. */
	shareText(address: string): string {
		const context = this.#context;
		if (!context || !this.#result) return address;
		const { moves, hints } = context;
		const { scenario } = this.#options;
		const { outcome } = this.#result;
		return shareText({ scenario, moves, hints, outcome, failed: this.failedRequests, address });
	}

	get outcome(): RoundResult['outcome'] | undefined {
		return this.#result?.outcome;
	}

	/** A sentence about the device's store, or about a simulation that stopped. */
	get problem(): string | undefined {
		return (
			this.#context?.problem ?? this.#linkProblem ?? this.#scorecard.problem ?? this.#saved.problem
		);
	}

	/** The verdict on the last decision, in the run's own numbers. */
	get verdict(): { action: ScenarioAction; text: VerdictText } | undefined {
		const context = this.#context;
		const move = context?.moves.at(-1);
		const action = move && actionOf(this.#options.scenario, move);
		return context && action
			? { action, text: verdictOn(action, context.reports, this.#options.scenario.objective) }
			: undefined;
	}

	/** Written when the round has ended; the comparison follows when it has been simulated. */
	get postMortem(): PostMortem | undefined {
		const context = this.#context;
		const { outcome } = this;
		if (!context || !outcome || this.phase !== 'postMortem') return undefined;
		const { moves, hints, reports, comparison } = context;
		const { scenario } = this.#options;
		return writePostMortem({ scenario, outcome, moves, hints, reports, comparison });
	}

	/** Requests that have failed since the page. */
	get failedRequests(): number {
		return measure(this.reports.slice(this.#options.scenario.opensAtSeconds)).failed;
	}

	send(event: RoundEvent): void {
		this.#live?.actor.send(event);
	}

	/** Keeps the round, so that a reload takes it up where it was. */
	#keep(): void {
		const context = this.#live?.actor.getSnapshot().context;
		if (!context || this.#mode !== 'round') return;
		const { moves, hints } = context;
		const { slug } = this.#options.scenario;
		this.#saved.current = { version: 1, scenario: slug, seed: this.#seed, moves, hints };
	}

	#finish(result: RoundResult): void {
		this.#result = result;
		if (this.#mode !== 'round') return;
		this.#saved.current = null;
		this.#scorecard.current = { version: 1, ...recordRound(this.card, result) };
	}
}
