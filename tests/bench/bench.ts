import { resolve } from 'node:path';
import { loadSite } from '../../src/lib/content/load';
import { describeProblems } from '../../src/lib/content/problems';
import { readFolder } from '../../src/lib/content/read-folder';
import { createSimulation, type SimulationInput } from '../../src/lib/simulation';
import { arrivals, singleStation, station } from '../helpers/stations';
import { runCeiling } from './ceiling';

const repeats = 5;

/** Least wall time of a few runs, in seconds: noise only ever adds. The first run is for the compiler. */
function fastest(work: () => number): { seconds: number; requests: number } {
	let seconds = Infinity;
	let requests = work();
	for (let run = 0; run < repeats; run++) {
		const start = performance.now();
		requests = work();
		seconds = Math.min(seconds, (performance.now() - start) / 1000);
	}
	return { seconds, requests };
}

/** Simulates for some seconds and answers with the requests that were answered well. */
function simulate(input: SimulationInput, seconds: number): number {
	return createSimulation(input)
		.advance(seconds)
		.reduce((sum, { completed }) => sum + completed, 0);
}

/** Stations side by side, each half busy: the more there are, the more is pending at once. */
function sideBySide(count: number): SimulationInput {
	const ids = Array.from({ length: count }, (_, index) => `station-${index}`);
	return {
		topology: { services: ids.map((id) => station(id)), calls: [] },
		workload: { flows: ids.map((id) => arrivals(id, 50, { id })) },
		seed: 1
	};
}

const millions = (value: number) => `${(value / 1e6).toFixed(2)} M/s`;

/** Prints the simulator's speed as ratios, which hold on any machine, and answers with the exit code. */
export function main(): number {
	const rate = 720; // of 800 that eight servers of 10 ms can do
	const seconds = 400;
	const ours = fastest(() => simulate(singleStation(rate, { workers: 8 }), seconds));
	const ceiling = fastest(() => runCeiling(rate, 8, 10, seconds));
	const oursPerSecond = (2 * ours.requests) / ours.seconds; // an arrival and a departure each
	const ceilingPerSecond = (2 * ceiling.requests) / ceiling.seconds;
	console.log(`M/M/8 through the public API        ${millions(oursPerSecond)} events`);
	console.log(`the same by hand, nothing else      ${millions(ceilingPerSecond)} events`);
	console.log(
		`  share of the ceiling              ${(oursPerSecond / ceilingPerSecond).toFixed(2)}`
	);

	const few = fastest(() => simulate(sideBySide(10), 1000));
	const many = fastest(() => simulate(sideBySide(1000), 10));
	const ratio = many.seconds / many.requests / (few.seconds / few.requests);
	console.log(`a request among 1000 services costs ${ratio.toFixed(2)} times one among 10`);

	const loaded = loadSite(readFolder(resolve('src/content')));
	if ('problems' in loaded) {
		console.error(describeProblems(loaded.problems));
		return 1;
	}
	const { topology } = loaded.site;
	const input = {
		topology: { services: topology.services, calls: topology.calls },
		workload: { flows: topology.flows },
		seed: 1
	};
	const whole = fastest(() => simulate(input, 60));
	console.log(
		`the site's own system               ${(60 / whole.seconds).toFixed(0)} times as fast as the clock`
	);

	const simulation = createSimulation(input);
	simulation.advance(60);
	globalThis.gc?.();
	const before = process.memoryUsage().heapUsed;
	for (let minute = 0; minute < 59; minute++) simulation.advance(60);
	globalThis.gc?.();
	const grownMb = (process.memoryUsage().heapUsed - before) / 1e6;
	console.log(`memory grown over an hour           ${grownMb.toFixed(1)} MB`);
	return 0;
}
