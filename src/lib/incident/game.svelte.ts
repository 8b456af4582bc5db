import { createActor } from 'xstate';
import type { Scenario, ScenarioAction, SiteTopology } from '$lib/content';
import {
	deviceClock,
	Live,
	type Clock,
	type KeyValueStore,
	type StartSimulation
} from '$lib/platform';
import type { Report } from '$lib/simulation';
import { dealActions } from './deck';
import { measure } from './gauges';
import {
	createIncidentMachine,
	triedActions,
	type IncidentMachine,
	type RoundEvent
} from './machine';
import { writePostMortem, type PostMortem } from './post-mortem';
import { savedRoundOn, scorecardOn } from './progress';
import { actionOf, stepAfter } from './round';
import { RoundSimulator } from './round-simulator';
import { recordRound, scoreRound, type RoundResult } from './score';
import { verdictOn, type VerdictText } from './verdict';

export interface GameOptions {
	scenario: Scenario;
	topology: SiteTopology;
	startSimulation: StartSimulation;
	store: KeyValueStore;
	clock?: Clock;
	/** Consequences are shown at once. */
	still: boolean;
}

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
		this.#start();
	}

	/** The same incident again, from the page. */
	again(): void {
		this.close();
		this.#saved.current = null;
		this.#start();
	}

	close(): void {
		this.#live?.actor.stop();
		this.#simulator?.close();
	}

	#start(): void {
		const { scenario, topology, startSimulation, clock = deviceClock, still } = this.#options;
		const left = this.#saved.current;
		this.#seed = left?.seed ?? topology.seed;
		this.#result = undefined;
		this.#simulator = new RoundSimulator({ startSimulation, topology, scenario, seed: this.#seed });
		const machine = createIncidentMachine({
			scenario,
			simulator: this.#simulator,
			clock,
			paceMs: () => (still ? 0 : paceMs)
		});
		const resume = left ? { resume: { moves: left.moves, hints: left.hints } } : {};
		const actor = createActor(machine, { input: resume });
		actor.on('round.moved', () => this.#keep());
		actor.on('round.ended', ({ result }) => this.#finish(result));
		this.#live = new Live(actor);
		actor.start();
		if (left) actor.send({ type: 'page.acknowledge' });
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

	/** Points of the round that has ended. */
	get earned(): number | undefined {
		return this.#result && scoreRound(this.#result);
	}

	get outcome(): RoundResult['outcome'] | undefined {
		return this.#result?.outcome;
	}

	/** A sentence about the device's store, or about a simulation that stopped. */
	get problem(): string | undefined {
		return this.#context?.problem ?? this.#scorecard.problem ?? this.#saved.problem;
	}

	/** The verdict on the last decision, in the run's own numbers. */
	get verdict(): { action: ScenarioAction; text: VerdictText } | undefined {
		const context = this.#context;
		const move = context?.moves.at(-1);
		const action = move && actionOf(this.#options.scenario, move);
		return context && action ? { action, text: verdictOn(action, context.reports) } : undefined;
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
		if (!context) return;
		const { moves, hints } = context;
		const { slug } = this.#options.scenario;
		this.#saved.current = { version: 1, scenario: slug, seed: this.#seed, moves, hints };
	}

	#finish(result: RoundResult): void {
		this.#saved.current = null;
		this.#result = result;
		this.#scorecard.current = { version: 1, ...recordRound(this.card, result) };
	}
}
