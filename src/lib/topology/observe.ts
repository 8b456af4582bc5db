import type { SiteTopology } from '$lib/content';
import { createSimulation, type Report, type SimulationInput } from '$lib/simulation';

/** What the simulator needs of a topology, without what only people read. */
export function simulationInput(topology: SiteTopology): SimulationInput {
	return {
		topology: {
			services: topology.services.map(({ name, role, technology, ...service }) => service),
			calls: topology.calls.map(({ label, ...call }) => call)
		},
		workload: { flows: topology.flows.map(({ title, summary, module, ...flow }) => flow) },
		seed: topology.seed
	};
}

/**
 * The system as it runs, for the prerendered page: its input, and its last reports after a minute of warming up. All
 * but the last report are without services and calls, to keep the page small.
 * @param seconds how many reports
 */
export function observeSystem(
	topology: SiteTopology,
	seconds = 30
): { input: SimulationInput; baseline: Report[] } {
	const input = simulationInput(topology);
	const simulation = createSimulation(input);
	simulation.advance(60);
	const reports = simulation.advance(seconds).map(rounded);
	return {
		input,
		baseline: reports.map((report, index) =>
			index === reports.length - 1 ? report : { ...report, flows: {}, services: {}, calls: {} }
		)
	};
}

/** Three digits behind the point are enough to read, and half the size to send. */
function rounded(report: Report): Report {
	return JSON.parse(
		JSON.stringify(report, (_key, value: unknown) =>
			typeof value === 'number' ? Math.round(value * 1000) / 1000 : value
		)
	) as Report;
}
