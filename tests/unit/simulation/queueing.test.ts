import { expect, test } from 'vitest';
import { createSimulation } from '../../../src/lib/simulation';
import { failed, meanResponse, singleStation } from '../../helpers/stations';

/** Mean and half the width of the 99 % confidence interval, by independent replications (t, 19 degrees of freedom). */
function replicate(measure: (seed: number) => number): { mean: number; half: number } {
	const values = Array.from({ length: 20 }, (_, index) => measure(index + 1));
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const variance =
		values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
	return { mean, half: 2.861 * Math.sqrt(variance / values.length) };
}

/** Response time of a station, the first minute left out. */
function response(rate: number, settings: object, seconds: number) {
	return (seed: number) => {
		const simulation = createSimulation(singleStation(rate, settings, seed));
		simulation.advance(60);
		return meanResponse(simulation.advance(seconds));
	};
}

test('M/M/1 at 80/s and 10 ms answers in 50 ms on average', () => {
	const { mean, half } = replicate(response(80, {}, 5000));
	expect(Math.abs(mean - 50)).toBeLessThan(half);
	expect(half / 50).toBeLessThan(0.02);
});

test('M/M/8 at 365/s and utilisation 0.8 answers in 22.550 ms on average', () => {
	const meanMs = (8 * 0.8 * 1000) / 365;
	const { mean, half } = replicate(
		response(365, { workers: 8, serviceTime: { meanMs, variation: 1 } }, 1500)
	);
	expect(Math.abs(mean - 22.55)).toBeLessThan(half);
	expect(half / 22.55).toBeLessThan(0.02);
});

test('every request that arrived is answered, failed or still in the system, at every second', () => {
	const simulation = createSimulation(singleStation(120, { queueLimit: 20, failureRatio: 0.1 }));
	let arrived = 0;
	let ended = 0;
	for (const report of simulation.advance(300)) {
		arrived += report.offered;
		ended += report.completed + failed(report);
		expect(arrived).toBe(ended + report.inFlight);
	}
});
