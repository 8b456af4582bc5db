import { createSimulation, restoreSimulation, type Simulation } from '../simulation';
import type { SimulationPort, SimulationStart } from './simulation-port';

export function openSimulation(start: SimulationStart): Simulation {
	return 'input' in start ? createSimulation(start.input) : restoreSimulation(start.saved);
}

/** A simulation in this thread: for Node and for tests. Throws what `createSimulation` throws. */
export function startLocalSimulation(start: SimulationStart): SimulationPort {
	const simulation = openSimulation(start);
	return {
		advance: async (seconds) => simulation.advance(seconds),
		apply: async (change) => simulation.apply(change),
		trace: async (query) => simulation.trace(query),
		logs: async (since) => simulation.logs(since),
		save: async () => simulation.save(),
		close: () => {}
	};
}
