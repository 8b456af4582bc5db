import { expect, test } from 'vitest';
import { createSimulation, restoreSimulation, SimulationError } from '../../../src/lib/simulation';
import {
	arrivals,
	call,
	client,
	delay,
	simulate,
	singleStation,
	station,
	written
} from '../../helpers/stations';

test('a run cut and resumed from its saved state equals the uncut run', () => {
	const uncut = createSimulation(singleStation(95, { queueLimit: 30 }));
	uncut.advance(7);
	const saved = JSON.parse(JSON.stringify(uncut.save()));
	const resumed = restoreSimulation(saved);
	expect(resumed.advance(30)).toEqual(uncut.advance(30));
});

test('a state of another version or a damaged one is refused with a sentence', () => {
	const saved = createSimulation(singleStation(10)).save();
	expect(() => restoreSimulation({ ...saved, version: 999 })).toThrow(SimulationError);
	expect(() => restoreSimulation({ ...saved, data: ['nonsense', 1] })).toThrow(/damaged/);
	expect(() => restoreSimulation({ ...saved, data: {} })).toThrow(/damaged/);
	expect(() => restoreSimulation({ ...saved, data: null })).toThrow(/damaged/);
});

test('what a change ended between two seconds is in the saved state too', () => {
	const uncut = simulate([station('a', { replicas: 2, workers: 4 })], [], [arrivals('a', 300)]);
	uncut.advance(5);
	uncut.apply({ verb: 'kill-replica', service: 'a', replica: 0 });
	expect(restoreSimulation(written(uncut.save())).advance(1)).toEqual(uncut.advance(1));
});

test('traces that outlive their root end alike in a resumed run', () => {
	const uncut = simulate(
		[client, station('a', { workers: 4 }), delay('late', 4000)],
		[call('client', 'a'), call('a', 'late', { mode: 'async' })],
		[arrivals('client', 50)]
	);
	uncut.advance(5);
	const resumed = restoreSimulation(written(uncut.save()));
	uncut.advance(5);
	resumed.advance(5);
	expect(uncut.trace({ kind: 'p95', service: 'late' })).toBeDefined();
	expect(resumed.trace({ kind: 'p95' })).toEqual(uncut.trace({ kind: 'p95' }));
});
