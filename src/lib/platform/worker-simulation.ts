import workerAddress from './simulation.worker.ts?worker&url';
import type {
	SimulationPort,
	SimulationStart,
	WorkerAnswer,
	WorkerRequest
} from './simulation-port';
import { openWorker } from './worker';

type RequestWithoutId = WorkerRequest extends infer Each
	? Each extends WorkerRequest
		? Omit<Each, 'id'>
		: never
	: never;

interface Waiting {
	resolve(result: unknown): void;
	reject(error: Error): void;
}

/** A simulation in a worker of its own. */
export function startWorkerSimulation(start: SimulationStart): SimulationPort {
	const worker = openWorker(workerAddress);
	const waiting = new Map<number, Waiting>();
	let nextId = 0;
	let dead: Error | undefined;

	function die(reason: string): void {
		dead = new Error(reason);
		for (const { reject } of waiting.values()) reject(dead);
		waiting.clear();
		worker.terminate();
	}

	function send<Result>(request: RequestWithoutId): Promise<Result> {
		return new Promise((resolve, reject) => {
			if (dead) return reject(dead);
			const id = nextId++;
			waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
			worker.postMessage({ id, ...request });
		});
	}

	worker.onmessage = ({ data: reply }: MessageEvent<WorkerAnswer>) => {
		const waiter = waiting.get(reply.id);
		waiting.delete(reply.id);
		if (reply.ok) waiter?.resolve(reply.result);
		else waiter?.reject(new Error(reply.message));
	};
	worker.onerror = (event) => {
		event.preventDefault();
		die('The simulation could not be loaded. Reload the page to try again.');
	};

	const started = send<null>({ method: 'start', argument: start });
	started.catch(() => {}); // every later call reports it
	return {
		advance: (seconds) => started.then(() => send({ method: 'advance', argument: seconds })),
		apply: (change) => started.then(() => send({ method: 'apply', argument: change })),
		trace: (query) => started.then(() => send({ method: 'trace', argument: query })),
		logs: (since) => started.then(() => send({ method: 'logs', argument: since })),
		save: () => started.then(() => send({ method: 'save', argument: null })),
		close: () => die('The simulation was closed.')
	};
}
