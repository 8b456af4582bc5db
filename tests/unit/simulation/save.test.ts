import { expect, test } from 'vitest';
import { createSimulation, restoreSimulation, SimulationError } from '../../../src/lib/simulation';
import { singleStation } from '../../helpers/stations';

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
});
