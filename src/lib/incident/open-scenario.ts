import type { Scenario, SiteTopology } from '../content';
import { createSimulation, type Report } from '../simulation';
import { averageReport } from './average-report';
import { inputOf } from './round';

/** Seconds whose average the first screen shows. */
const openingSeconds = 20;

/**
 * The system as the round finds it, for pages made at build. `opening` averages the last seconds, so that the first
 * screen shows the state of the system and not the luck of one second.
 */
export function openScenario(
	topology: SiteTopology,
	scenario: Scenario,
	seed = topology.seed
): { reports: Report[]; opening: Report } {
	const simulation = createSimulation(inputOf(topology, scenario, seed));
	const reports = simulation.advance(scenario.opensAtSeconds);
	return { reports, opening: averageReport(reports.slice(-openingSeconds)) };
}
