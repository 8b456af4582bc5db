import { resolve } from 'node:path';
import { loadSite } from '../../src/lib/content/load';
import { describeProblems } from '../../src/lib/content/problems';
import { readFolder } from '../../src/lib/content/read-folder';
import { createSimulation, type SimulationInput } from '../../src/lib/simulation';
import { arrivals, singleStation, station } from '../helpers/stations';
import { runCeiling } from './ceiling';
import { benchLayout } from './layout';
import { runSimjs } from './simjs';

const repeats = 5;

interface Measured {
	/** Least wall time of a few runs: noise only ever adds. */
	seconds: number;
	/** What the run did: events handled, or requests answered. */
	work: number;
}

/** The first run is for the compiler. */
function fastest(run: () => number): Measured {
	let seconds = Infinity;
	let work = run();
	for (let repeat = 0; repeat < repeats; repeat++) {
		const start = performance.now();
		work = run();
		seconds = Math.min(seconds, (performance.now() - start) / 1000);
	}
	return { seconds, work };
}

/** Simulates for some seconds and answers with the events handled. */
function simulate(input: SimulationInput, seconds: number): number {
	const simulation = createSimulation(input);
	simulation.advance(seconds);
	return simulation.events;
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

const millions = ({ work, seconds }: Measured) => `${(work / seconds / 1e6).toFixed(2)} M/s`;
const row = (what: string, speed: string, ratio: string) =>
	console.log(`${what.padEnd(44)} ${speed.padStart(10)}  ${ratio}`);

/** Prints speeds as ratios, which hold on any machine, and answers with the exit code. */
export function main(): number {
	const loaded = loadSite(readFolder(resolve('src/content')));
	if ('problems' in loaded) {
		console.error(describeProblems(loaded.problems));
		return 1;
	}
	const rate = 720; // of 800 that eight servers of 10 ms can do
	const seconds = 400;
	// An arrival and a departure each, whoever counts them.
	const events = 2 * rate * seconds;
	const timed = (run: () => unknown): Measured => ({
		...fastest(() => (run(), events)),
		work: events
	});
	const ours = timed(() => simulate(singleStation(rate, { workers: 8 }), seconds));
	const simjs = timed(() => runSimjs(rate, 8, 10, seconds));
	const ceiling = timed(() => runCeiling(rate, 8, 10, seconds));
	row('M/M/8 at 0.9, 400 s', 'events', 'against ours');
	row('  through the public API', millions(ours), '1');
	row('  simjs', millions(simjs), `${(simjs.seconds / ours.seconds).toFixed(1)} times as long`);
	row(
		'  a hand-written loop that knows nothing else',
		millions(ceiling),
		`${(ceiling.seconds / ours.seconds).toFixed(2)} of the time`
	);

	const few = fastest(() => simulate(sideBySide(10), 1000));
	row('Stations side by side', 'events', 'an event against one among 10');
	row('  10', millions(few), '1');
	for (const count of [100, 1000]) {
		const many = fastest(() => simulate(sideBySide(count), 10_000 / count));
		const ratio = many.seconds / many.work / (few.seconds / few.work);
		row(`  ${count}`, millions(many), `${ratio.toFixed(2)} times`);
	}

	const { topology } = loaded.site;
	const input = {
		topology: { services: topology.services, calls: topology.calls },
		workload: { flows: topology.flows },
		seed: 1
	};
	const whole = fastest(() => simulate(input, 60));
	row("The site's own system, everything on", 'events', 'against the clock');
	row('  60 s', millions(whole), `${(60 / whole.seconds).toFixed(0)} times as fast`);

	const simulation = createSimulation(input);
	simulation.advance(60);
	globalThis.gc?.();
	const before = process.memoryUsage().heapUsed;
	for (let minute = 0; minute < 59; minute++) simulation.advance(60);
	globalThis.gc?.();
	const grown = (process.memoryUsage().heapUsed - before) / 1e6;
	row('  memory grown over an hour', `${grown.toFixed(1)} MB`, '');

	benchLayout(row);
	return 0;
}
