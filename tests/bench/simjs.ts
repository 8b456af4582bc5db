import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';

interface Entity {
	useFacility(facility: object, duration: number): { done(callback: () => void): void };
	setTimer(duration: number): { done(callback: () => void): void };
}

/** The parts of simjs that are used here. */
interface Simjs {
	Sim: new () => {
		addEntity(type: new () => object): void;
		simulate(until: number): void;
	};
	Entity: new () => Entity;
	Facility: (new (name: string, discipline: number, servers: number) => object) & { FCFS: number };
	Random: new (seed: number) => { exponential(rate: number): number };
}

/** simjs is built for pages: it leaves itself on `window` and nowhere else. */
function load(): Simjs {
	const file = createRequire(join(process.cwd(), 'package.json')).resolve('simjs');
	const window: { Sim?: Simjs } = {};
	compileFunction(readFileSync(file, 'utf8'), ['window'])(window);
	if (!window.Sim) throw new Error('simjs did not leave itself on window');
	return window.Sim;
}

/** The same M/M/c with the npm package simjs; answers with the requests completed in `seconds` of simulated time. */
export function runSimjs(rate: number, servers: number, meanMs: number, seconds: number): number {
	const { Sim, Entity, Facility, Random } = load();
	const random = new Random(1);
	const station = new Facility('station', Facility.FCFS, servers);
	let completed = 0;
	class Source extends Entity {
		start() {
			this.next();
		}

		next() {
			this.setTimer(random.exponential(rate)).done(() => {
				this.useFacility(station, random.exponential(1000 / meanMs)).done(() => completed++);
				this.next();
			});
		}
	}
	const sim = new Sim();
	sim.addEntity(Source);
	sim.simulate(seconds);
	return completed;
}
