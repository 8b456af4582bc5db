import type { Flow, Report, Service, SimulationInput } from '../../src/lib/simulation';

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
