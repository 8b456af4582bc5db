import { loadFolder } from '../../../src/lib/content/load-folder';
import type { Scenario } from '../../../src/lib/content';

const site = loadFolder('src/content');

/** The topology and the scenarios that this site ships. */
export const { topology, scenarios } = site;

export function scenarioOf(number: number): Scenario {
	const scenario = scenarios.find((each) => each.number === number);
	if (!scenario) throw new Error(`this site has no scenario ${number}`);
	return scenario;
}
