import type { Change, Report, ScheduledChange, SimulationInput } from '../simulation';
import { deviceClock, type Clock } from './clock';
import type { SimulationPort, StartSimulation } from './simulation-port';

export interface RunningSystemOptions {
	input: SimulationInput;
	/** Reports of the same system from the build, shown until it runs live. */
	baseline: Report[];
	start?: StartSimulation;
	clock?: Clock;
}

const historySeconds = 60;

/**
 * The system the page shows: one simulation that lives as long as the visit. It stands still until `run`, then moves
 * one simulated second for each real one. The status line, the topology and the shell all read it.
 */
export class RunningSystem {
	readonly input: SimulationInput;
	#start: StartSimulation | undefined;
	readonly #clock: Clock;
	#port: Promise<SimulationPort> | undefined;
	#stop: (() => void) | undefined;
	#busy = false;
	#reports = $state.raw<Report[]>([]);
	#changes = $state.raw<ScheduledChange[]>([]);
	#time = 0;
	#running = $state(false);
	#problem = $state<string | undefined>();

	constructor({ input, baseline, start, clock }: RunningSystemOptions) {
		this.input = input;
		this.#reports = baseline;
		this.#start = start;
		this.#clock = clock ?? deviceClock;
	}

	/** The last minute, oldest first. */
	get reports(): Report[] {
		return this.#reports;
	}

	get latest(): Report | undefined {
		return this.#reports.at(-1);
	}

	get running(): boolean {
		return this.#running;
	}

	/** What visitors changed since the start, oldest first, with the simulated moment. */
	get changes(): ScheduledChange[] {
		return this.#changes;
	}

	/** Simulated seconds since it first ran; the reports of the build are older. */
	get time(): number {
		return this.#time;
	}

	/** A sentence for the visitor when the simulation could not start or has died; the page stands all the same. */
	get problem(): string | undefined {
		return this.#problem;
	}

	/** Starts, or goes on after `pause`. */
	run(): void {
		if (this.#running || this.#problem) return;
		this.#running = true;
		this.#stop = this.#clock.every(1000, () => void this.tick());
	}

	/** Stands still: the tab is hidden, or the visitor asked for it. */
	pause(): void {
		this.#stop?.();
		this.#running = false;
	}

	/** One simulated second. A tick that finds the last one unfinished is left out. */
	async tick(): Promise<void> {
		if (this.#busy) return;
		this.#busy = true;
		try {
			const reports = await (await this.#open()).advance(1);
			this.#time++;
			this.#reports = [...this.#reports, ...reports].slice(-historySeconds);
		} catch (error) {
			this.#fail(error);
		} finally {
			this.#busy = false;
		}
	}

	/** Changes the system; rejects with a message for the visitor, and nothing has changed then. */
	async apply(change: Change): Promise<void> {
		await (await this.#open()).apply(change);
		this.#changes = [...this.#changes, { atSeconds: this.#time, change }];
		this.run();
	}

	/** Back to the system as the owner describes it: every change undone, queues empty. */
	reset(): void {
		this.#closePort();
		this.#changes = [];
		this.#time = 0;
		this.#problem = undefined;
		this.run();
	}

	/** Another simulation of the same system, from its start, for whoever wants to know what was or would be. */
	async aside(changes: ScheduledChange[]): Promise<SimulationPort> {
		return (await this.#starter())({ input: { ...this.input, changes } });
	}

	close(): void {
		this.pause();
		this.#closePort();
	}

	async #open(): Promise<SimulationPort> {
		this.#port ??= this.#starter().then((start) => start({ input: this.input }));
		return this.#port;
	}

	/** The worker's door is fetched with the first second that is asked for, not with the page. */
	async #starter(): Promise<StartSimulation> {
		return this.#start ?? (await import('./worker-simulation')).startWorkerSimulation;
	}

	#closePort(): void {
		this.#port?.then(
			(port) => port.close(),
			() => {} // it never opened
		);
		this.#port = undefined;
	}

	#fail(error: unknown): void {
		this.pause();
		this.#problem = error instanceof Error ? error.message : String(error);
	}
}
