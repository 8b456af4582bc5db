import type { Scenario, ScenarioAction, SiteTopology } from '../content';
import type { Change, SimulationInput } from '../simulation';
import { difference, settingsOf, withChange, type Settings } from './settings';

/** Simulated seconds that each decision takes, and that the system is watched for after the last one. */
export const watchSeconds = 20;
export const settleSeconds = 20;

/** A decision: which of a step's actions. Decisions follow one another every {@link watchSeconds}. */
export interface Move {
	/** Index of the step, from 0. */
	step: number;
	/** The action's id, or null for letting the time pass (only in comparisons). */
	action: string | null;
}

/** The system of a scenario before anything goes wrong: the default topology with the scenario's setup in it. */
export function worldOf(topology: SiteTopology, scenario: Scenario): Settings {
	const original = settingsOf(topology);
	return scenario.setup.reduce(
		(settings, change) => withChange(settings, change, original),
		original
	);
}

/** Verbs that act on what a system has built up instead of setting something. */
const passing = new Set<Change['verb']>([
	'restart',
	'pause',
	'purge-queue',
	'flush-cache',
	'burst',
	'publish-poison',
	'park-poison'
]);

/** The run of a scenario, before any decision. `fault: false` leaves the fault out. */
export function inputOf(
	topology: SiteTopology,
	scenario: Scenario,
	seed: number,
	fault = scenario.fault
): SimulationInput {
	const { services, calls, flows } = worldOf(topology, scenario);
	const start = scenario.setup
		.filter(({ verb }) => passing.has(verb))
		.map((change) => ({ atSeconds: 0, change }));
	return {
		topology: { services, calls },
		workload: { flows },
		seed,
		changes: [...start, ...fault]
	};
}

export function actionOf(scenario: Scenario, move: Move): ScenarioAction | undefined {
	return scenario.steps[move.step]?.actions.find(({ id }) => id === move.action);
}

/** What a decision does when it is taken, and what takes it back after it was watched (empty for a safe one). */
export interface MoveChanges {
	apply: Change[];
	revert: Change[];
}

/**
 * The changes of each decision of a round. A wrong one is taken back by its settings: time, queues and whatever else
 * built up stay.
 */
export function changesOf(
	topology: SiteTopology,
	scenario: Scenario,
	moves: readonly Move[]
): MoveChanges[] {
	const world = worldOf(topology, scenario);
	let settings = scenario.fault.reduce(
		(state, { change }) => withChange(state, change, world),
		world
	);
	return moves.map((move) => {
		const action = actionOf(scenario, move);
		if (!action) return { apply: [], revert: [] };
		const after = action.changes.reduce(
			(state, change) => withChange(state, change, world),
			settings
		);
		if (action.verdict !== 'safe')
			return { apply: action.changes, revert: difference(after, settings) };
		settings = after;
		return { apply: action.changes, revert: [] };
	});
}

/** The step that is played next after these decisions: the number of safe ones; 4 when all are done. */
export function stepAfter(scenario: Scenario, moves: readonly Move[]): number {
	return moves.filter((move) => actionOf(scenario, move)?.verdict === 'safe').length;
}

/** Ids of the safe actions, in the order of the steps. */
export function safeLine(scenario: Scenario): Move[] {
	return scenario.steps.map(({ actions }, step) => ({
		step,
		action: actions.find(({ verdict }) => verdict === 'safe')?.id ?? null
	}));
}
