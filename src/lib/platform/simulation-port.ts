import type {
	Change,
	LogLine,
	Report,
	SavedSimulation,
	SimulationInput,
	Trace,
	TraceQuery
} from '../simulation';

/**
 * A running simulation, wherever it runs: in a worker in the browser, in the same thread in Node and in tests. Every
 * method rejects with an Error whose message is fit for a visitor when the simulation refuses or has died.
 */
export interface SimulationPort {
	advance(seconds: number): Promise<Report[]>;
	apply(change: Change): Promise<void>;
	trace(query: TraceQuery): Promise<Trace | undefined>;
	logs(sinceSeconds: number): Promise<LogLine[]>;
	save(): Promise<SavedSimulation>;
	/** Frees the worker; the port is dead afterwards. */
	close(): void;
}

/** How a simulation is started: from an input, or from a saved state. */
export type SimulationStart = { input: SimulationInput } | { saved: SavedSimulation };
export type StartSimulation = (start: SimulationStart) => SimulationPort;

/** What travels to the worker and back. */
export type WorkerRequest = { id: number } & (
	| { method: 'start'; argument: SimulationStart }
	| { method: 'advance'; argument: number }
	| { method: 'apply'; argument: Change }
	| { method: 'trace'; argument: TraceQuery }
	| { method: 'logs'; argument: number }
	| { method: 'save'; argument: null }
);
export type WorkerAnswer = { id: number } & (
	{ ok: true; result: unknown } | { ok: false; message: string }
);
