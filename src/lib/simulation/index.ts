import { checkChange, checkInput, SimulationError } from './check';
import { Engine } from './engine';
import { apply } from './intervene';
import { report } from './reports';
import { decode, encode } from './save';
import { shareRecords, trace } from './tracing';
import type { SavedSimulation, Simulation, SimulationInput } from './types';

export { checkChange, checkTopology, SimulationError, type Problem } from './check';
export { failedIn, figureOf, measure, type Gauges } from './measures';
export * from './types';

/** Rises whenever the same input gives other numbers than before, so that an old replay says so instead of lying. */
export const engineVersion = 4;

/**
 * A simulation at second 0.
 * @throws SimulationError naming the field and the reason when the topology, the workload or a change is not sound
 */
export function createSimulation(input: SimulationInput): Simulation {
	const problem = checkInput(input)[0];
	if (problem)
		throw new SimulationError(`${problem.path}: ${problem.message}; expected ${problem.expected}`);
	return new EngineSimulation(new Engine(input));
}

/**
 * Goes on where {@link Simulation.save} left off, to the same result as if it had never stopped.
 * @throws SimulationError when the data is of another version or damaged
 */
export function restoreSimulation(saved: SavedSimulation): Simulation {
	if (saved.version !== engineVersion)
		throw new SimulationError(
			`This state is of version ${saved.version} of the simulator; this is version ${engineVersion}.`
		);
	try {
		return new EngineSimulation(resume(decode(saved.data)));
	} catch {
		throw new SimulationError('This state is damaged and cannot be restored.');
	}
}

/** An engine with the given fields: all that an engine has, each of its kind, and nothing else. */
function resume(fields: unknown): Engine {
	const engine = new Engine({
		topology: { services: [], calls: [] },
		workload: { flows: [] },
		seed: 0
	});
	for (const [name, blank] of Object.entries(engine) as [string, unknown][]) {
		const value = (fields as Record<string, unknown>)[name];
		if (
			typeof value !== typeof blank ||
			(value as object).constructor !== (blank as object).constructor
		)
			throw new TypeError(`${name} is damaged`);
		Object.assign(engine, { [name]: value });
	}
	shareRecords(engine);
	return engine;
}

class EngineSimulation implements Simulation {
	readonly #engine: Engine;

	constructor(engine: Engine) {
		this.#engine = engine;
	}

	get time() {
		return this.#engine.now / 1000;
	}

	get events() {
		return this.#engine.events;
	}

	advance(seconds: number) {
		if (!Number.isInteger(seconds) || seconds < 0 || seconds > 86_400)
			throw new SimulationError('advance takes a whole number of seconds from 0 to 86400.');
		const start = this.#engine.now;
		return Array.from({ length: seconds }, (_, second) => {
			this.#engine.run(start + (second + 1) * 1000);
			return report(this.#engine);
		});
	}

	apply(change: Parameters<Simulation['apply']>[0]) {
		const problem = checkChange(change, this.#engine.topology());
		if (problem) throw new SimulationError(problem);
		const replica =
			'replica' in change
				? change.replica
				: 'override' in change
					? change.override.replica
					: undefined;
		if (replica !== undefined && 'service' in change) {
			const { stations, stationIndex } = this.#engine;
			const count = stations[stationIndex.get(change.service) ?? -1]?.replicas.length ?? 0;
			if (replica >= count)
				throw new SimulationError(
					`${change.service} has no replica ${replica}: they are 0 to ${count - 1}.`
				);
		}
		apply(this.#engine, change);
	}

	trace(query: Parameters<Simulation['trace']>[0]) {
		return trace(this.#engine, query);
	}

	logs(sinceSeconds: number) {
		return this.#engine.lines.filter(({ time }) => time > sinceSeconds);
	}

	save(): SavedSimulation {
		return { version: engineVersion, data: encode({ ...this.#engine }) };
	}
}
