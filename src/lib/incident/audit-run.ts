import type { Scenario, SiteTopology } from '../content';
import {
	createSimulation,
	restoreSimulation,
	type Change,
	type Report,
	type SavedSimulation,
	type Simulation,
	type ScheduledChange
} from '../simulation';
import { changesOf, inputOf, watchSeconds, type Move } from './round';

/** A moment of a run that other runs branch off from, all on the same random numbers. */
export class Fork {
	/** What led here, oldest first. */
	readonly reports: Report[];
	readonly moves: Move[];
	readonly #simulation: Simulation;
	#saved: SavedSimulation | undefined;

	constructor(simulation: Simulation, reports: Report[], moves: Move[]) {
		this.#simulation = simulation;
		this.reports = reports;
		this.moves = moves;
	}

	/** A simulation that goes on from here. Saving costs as much as simulating some seconds, so it is done on demand. */
	branch(): Simulation {
		this.#saved ??= this.#simulation.save();
		return restoreSimulation(this.#saved);
	}
}

/** Runs of one scenario on one seed. */
export class AuditRun {
	readonly #topology: SiteTopology;
	readonly #scenario: Scenario;
	readonly #seed: number;

	constructor(topology: SiteTopology, scenario: Scenario, seed: number) {
		this.#topology = topology;
		this.#scenario = scenario;
		this.#seed = seed;
	}

	/** The moment the round opens, with another fault where one is given. */
	open(fault: ScheduledChange[] = this.#scenario.fault): Fork {
		const simulation = createSimulation(inputOf(this.#topology, this.#scenario, this.#seed, fault));
		const reports = simulation.advance(this.#scenario.opensAtSeconds);
		return new Fork(simulation, reports, []);
	}

	/** Lets so many seconds pass after the changes. */
	pass(from: Fork, seconds: number, changes: readonly Change[] = []): Fork {
		return this.#go(from, seconds, changes, [], from.moves);
	}

	/** Takes a decision and watches it; a wrong one is taken back at the end. */
	move(from: Fork, move: Move): Fork {
		const moves = [...from.moves, move];
		const changes = changesOf(this.#topology, this.#scenario, moves).at(-1);
		return this.#go(from, watchSeconds, changes?.apply ?? [], changes?.revert ?? [], moves);
	}

	#go(
		from: Fork,
		seconds: number,
		before: readonly Change[],
		after: readonly Change[],
		moves: Move[]
	): Fork {
		const simulation = from.branch();
		for (const change of before) simulation.apply(change);
		const reports = [...from.reports, ...simulation.advance(seconds)];
		for (const change of after) simulation.apply(change);
		return new Fork(simulation, reports, moves);
	}

	/** Takes several decisions; the moments after each, the start included. */
	play(from: Fork, moves: readonly Move[]): Fork[] {
		const forks = [from];
		let last = from;
		for (const move of moves) {
			last = this.move(last, move);
			forks.push(last);
		}
		return forks;
	}
}
