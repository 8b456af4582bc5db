import { expect, test } from 'vitest';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { createSimulation } from '../../../src/lib/simulation';
import { simulationInput } from '../../../src/lib/topology/observe';
import { slowdown, tokensAt, traceLength, transcript } from '../../../src/lib/topology/replay';

const topology = loadFolder('src/content').topology;
const simulation = createSimulation(simulationInput(topology));
simulation.advance(60);

function traceOf(flow: string) {
	const trace = simulation.trace({ flow, kind: 'p50' });
	if (!trace) throw new Error(`no trace of ${flow}`);
	return trace;
}

test.each(['booking', 'read', 'background'])(
	'a %s request is somewhere until it is answered',
	(flow) => {
		const trace = traceOf(flow);
		for (let ms = 0; ms < trace.durationMs; ms += 1)
			expect(tokensAt(trace, ms).some((token) => !token.async)).toBe(true);
		expect(tokensAt(trace, traceLength(trace))).toEqual([]);
	}
);

test('a token moves only along calls of the topology', () => {
	const trace = traceOf('booking');
	const ways = new Set(topology.calls.map(({ from, to }) => `${from}>${to}`));
	for (let ms = 0; ms < traceLength(trace); ms += 0.5)
		for (const { from, to } of tokensAt(trace, ms))
			if (from !== to) expect(ways).toContain(`${from}>${to}`);
	expect(ways.size).toBeGreaterThan(0);
});

test('the transcript tells of every span once, in the order of time', () => {
	const trace = traceOf('booking');
	const lines = transcript(trace, (id) => id);
	expect(lines).toHaveLength(trace.spans.length);
	expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).sort((a, b) => a - b));
	expect(slowdown(trace)).toBeGreaterThanOrEqual(1);
});
