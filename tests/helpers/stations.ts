import {
	createSimulation,
	type Call,
	type Flow,
	type Report,
	type Service,
	type Simulation,
	type SimulationInput
} from '../../src/lib/simulation';

/** A service of one replica with one exponential worker of 10 ms, unless told otherwise. */
export function station(id: string, settings: Partial<Service> = {}): Service {
	return {
		id,
		layer: 'core',
		kind: 'service',
		replicas: 1,
		workers: 1,
		serviceTime: { meanMs: 10, variation: 1 },
		...settings
	};
}

/** Poisson arrivals at one service. */
export function arrivals(entry: string, rate: number, settings: Partial<Flow> = {}): Flow {
	return { id: 'requests', entry, rate, ...settings };
}

/** One service under Poisson arrivals. */
export function singleStation(
	rate: number,
	settings: Partial<Service> = {},
	seed = 1
): SimulationInput {
	return {
		topology: { services: [station('station', settings)], calls: [] },
		workload: { flows: [arrivals('station', rate)] },
		seed
	};
}

export function failed(report: Report): number {
	return Object.values(report.errors).reduce((sum, count) => sum + count, 0);
}

/** Mean response time over many seconds, each request weighing the same. */
export function meanResponse(reports: Report[]): number {
	let sum = 0;
	let count = 0;
	for (const report of reports) {
		sum += report.meanMs * report.completed;
		count += report.completed;
	}
	return sum / count;
}

/** A station without limit on workers, where every request takes as long as every other. */
export function delay(id: string, meanMs: number, settings: Partial<Service> = {}): Service {
	return station(id, { workers: 0, serviceTime: { meanMs, variation: 0 }, ...settings });
}

export const client = delay('client', 0, { kind: 'client' });

export function call(from: string, to: string, settings: Partial<Call> = {}): Call {
	return { id: `${from}>${to}`, from, to, mode: 'sync', ...settings };
}

export function simulate(services: Service[], calls: Call[], flows: Flow[], seed = 1): Simulation {
	return createSimulation({ topology: { services, calls }, workload: { flows }, seed });
}

export function total(reports: Report[], figure: (report: Report) => number): number {
	return reports.reduce((sum, report) => sum + figure(report), 0);
}

/** A state as it comes back from a file. */
export function written<Value>(value: Value): Value {
	return JSON.parse(JSON.stringify(value)) as Value;
}
