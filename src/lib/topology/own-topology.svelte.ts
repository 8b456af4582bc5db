import type { SiteTopology } from '$lib/content';
import { Persisted, RunningSystem, type KeyValueStore, type StartSimulation } from '$lib/platform';
import type { Edited } from './edits';
import { readInWorker, type Guess, type ImportNote, type ImportResult } from './import';
import { layoutTopology, type Layout } from './layout';
import { simulationInput } from './observe';
import { mostElements } from './tiers';
import { topologyYaml } from './to-yaml';

/** A visitor's topology, as it runs. */
export interface Running {
	topology: SiteTopology;
	system: RunningSystem;
	/** Absent where it is too large for elements: it is laid out while it is seen. */
	layout: Layout | undefined;
	/** Counts the topologies, so that each is shown anew. */
	version: number;
}

export interface OwnTopologyOptions {
	store: KeyValueStore;
	start?: StartSimulation;
	/** Makes a topology of a text; in a worker unless told otherwise. */
	read?: (text: string) => Promise<ImportResult>;
}

/** Larger files are no topology, and would stop the page while they are read. */
export const largestFile = 1_000_000;

/** Services of a topology that is kept on the device. */
const mostKept = 2000;

/** The topology that a visitor brought: read, run, changed, and kept on this device alone. */
export class OwnTopology {
	readonly #kept: Persisted<string>;
	readonly #start: StartSimulation | undefined;
	readonly #read: (text: string) => Promise<ImportResult>;
	#running = $state.raw<Running>();
	#guesses = $state.raw<Guess[]>([]);
	#notes = $state.raw<ImportNote[]>([]);
	#problems = $state.raw<ImportNote[]>([]);
	#format = $state('');
	#version = 0;
	#asked = 0;

	constructor({ store, start, read = readInWorker }: OwnTopologyOptions) {
		this.#start = start;
		this.#read = read;
		this.#kept = new Persisted<string>({
			key: 'topology',
			store,
			initial: '',
			maximumLength: largestFile,
			decode: (raw) =>
				typeof raw === 'string'
					? { ok: true, value: raw }
					: { ok: false, problem: 'it is no topology' }
		});
	}

	get running(): Running | undefined {
		return this.#running;
	}

	/** What the text did not say, in the order of the topology. */
	get guesses(): Guess[] {
		return this.#guesses;
	}

	/** What was left out. */
	get notes(): ImportNote[] {
		return this.#notes;
	}

	/** Why the last text or change was refused; what ran before runs on. */
	get problems(): ImportNote[] {
		return this.#problems;
	}

	/** As a person says it: `Docker Compose`. */
	get format(): string {
		return this.#format;
	}

	/** A sentence when the device could not keep it. */
	get storeProblem(): string | undefined {
		return this.#kept.problem;
	}

	/** What this device keeps, running again. */
	async restore(): Promise<void> {
		this.#kept.restore();
		if (this.#kept.current) await this.read(this.#kept.current);
	}

	/** Reads a text and runs what it describes; says in `problems` why not. The latest text wins. */
	async read(text: string): Promise<void> {
		const asked = ++this.#asked;
		let result: ImportResult;
		if (text.length > largestFile)
			result = refusal(`${text.length} characters; expected at most ${largestFile}.`);
		else if (!text.trim()) result = refusal('There is nothing in it.');
		else
			try {
				result = await this.#read(text);
			} catch (error) {
				result = refusal(error instanceof Error ? error.message : String(error));
			}
		if (asked !== this.#asked) return;
		if (!result.ok) {
			this.#problems = result.problems;
			return;
		}
		const { topology, guesses, notes, format } = result.imported;
		if (!this.#run(topology)) return;
		this.#guesses = guesses;
		this.#notes = notes;
		this.#format = { compose: 'Docker Compose', kubernetes: 'Kubernetes', fournines: 'our YAML' }[
			format
		];
	}

	/** Runs a topology that needs no reading. */
	show(topology: SiteTopology): void {
		if (!this.#run(topology)) return;
		this.#guesses = this.#notes = [];
		this.#format = 'our YAML';
	}

	/** Takes a change over, with everything about where it was. */
	change(edited: Edited): void {
		if ('problem' in edited) this.#problems = [{ line: 0, column: 0, message: edited.problem }];
		else this.#run(edited.topology, this.#running);
	}

	/** Puts it away, here and on the device. */
	close(): void {
		this.#running?.system.close();
		this.#running = undefined;
		this.#guesses = this.#notes = this.#problems = [];
		this.#kept.current = '';
	}

	/** Stops what runs; the device keeps it. */
	stop(): void {
		this.#running?.system.close();
	}

	#run(topology: SiteTopology, previous?: Running): boolean {
		if (topology.services.length === 0) {
			this.#problems = refusal('No service would be left.').problems;
			return false;
		}
		const layout = layoutOf(topology, previous);
		this.#running?.system.close();
		const system = new RunningSystem({
			input: simulationInput(topology),
			baseline: [],
			...(this.#start && { start: this.#start })
		});
		this.#running = { topology, layout, system, version: ++this.#version };
		this.#problems = [];
		// A larger one would take seconds to write, and more room than a device gives.
		this.#kept.current = topology.services.length <= mostKept ? topologyYaml(topology) : '';
		system.run();
		return true;
	}
}

/** The layout from before where nothing that it shows has changed, else one that is near it. */
function layoutOf(topology: SiteTopology, previous?: Running): Layout | undefined {
	if (topology.services.length > mostElements) return undefined;
	const shown = ({ services, calls }: SiteTopology) =>
		JSON.stringify([
			services.map(({ id, layer, name }) => [id, layer, name]),
			calls.map(({ id, from, to }) => [id, from, to])
		]);
	return previous?.layout && shown(previous.topology) === shown(topology)
		? previous.layout
		: layoutTopology(topology, previous?.layout);
}

function refusal(message: string): { ok: false; problems: ImportNote[] } {
	return { ok: false, problems: [{ line: 1, column: 1, message }] };
}
