import { createSimulation, type SimulationInput } from '../../src/lib/simulation';

/** 53 bits of a text, by two multiplicative hashes of 32 bits; the same in every engine. */
function hashOf(text: string): string {
	let high = 0xdeadbeef;
	let low = 0x41c6ce57;
	for (let index = 0; index < text.length; index++) {
		high = Math.imul(high ^ text.charCodeAt(index), 0x9e3779b1);
		low = Math.imul(low ^ text.charCodeAt(index), 0x5f356495);
	}
	high ^= Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
	low ^= Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
	return (4294967296 * (high & 0x1fffff) + (low >>> 0)).toString(16);
}

/** A hash of all that each run reports, its log and its traces. */
export function fingerprints(inputs: SimulationInput[], seconds: number): string[] {
	return inputs.map((input) => {
		const simulation = createSimulation(input);
		const reports = simulation.advance(seconds);
		const traces = (['p50', 'p95', 'failed'] as const).map((kind) => simulation.trace({ kind }));
		return hashOf(JSON.stringify([reports, simulation.logs(0), traces]));
	});
}
