import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { ManualClock } from '../../../src/lib/platform/clock';
import { startLocalSimulation } from '../../../src/lib/platform/local-simulation';
import { RunningSystem } from '../../../src/lib/platform/running-system.svelte';
import { simulationInput } from '../../../src/lib/topology/observe';
import { currentSpan, momentsOf, tokensAt, traceLength } from '../../../src/lib/topology/replay';
import { readReplayHash, replayHash } from '../../../src/lib/topology/replay-link';
import { RequestReplay } from '../../../src/lib/topology/request-replay.svelte';
import { findRequest, sideRunOf } from '../../../src/lib/topology/side-run';

const { topology } = loadFolder('src/content');
const input = simulationInput(topology);

async function running(seconds = 0) {
	const clock = new ManualClock();
	const system = new RunningSystem({ input, baseline: [], start: startLocalSimulation, clock });
	for (let second = 0; second < seconds; second++) await system.tick();
	return system;
}

describe('a link to a replay', () => {
	test('is short while nothing was changed, and says what the issue wants it to say', async () => {
		const run = sideRunOf(await running(7));
		expect(replayHash({ flow: 'booking', kind: 'p50', run, at: 1420 })).toBe(
			'replay=booking&t=1420'
		);
	});

	test('gives the same request to the digit in another visit, with what was broken in it', async () => {
		const here = await running(3);
		await here.apply({ verb: 'set-service-time', service: 'database', meanMs: 90 });
		for (let second = 0; second < 6; second++) await here.tick();
		const run = sideRunOf(here);
		const hash = replayHash({ flow: 'booking', kind: 'p95', run, at: 12.4 });
		const linked = readReplayHash(`#${hash}`, input);
		if (!linked || 'problem' in linked) throw new Error(linked?.problem ?? hash);
		expect(linked).toMatchObject({ flow: 'booking', kind: 'p95', at: 12 });
		const query = { flow: 'booking', kind: 'p95' } as const;
		const there = await running();
		expect(await findRequest(there, linked.run, query)).toEqual(
			await findRequest(here, run, query)
		);
		expect(here.time).toBe(9);
	});

	test.each([
		['#replay=nowhere', /replays a flow that is not here/],
		['#replay=booking&kind=p42', /damaged/],
		['#replay=booking&t=-1', /damaged/],
		['#replay=booking&t=soon', /damaged/],
		['#replay=booking&run={', /damaged/],
		[
			'#replay=booking&run={"changes":[{"atSeconds":1,"change":{"verb":"explode"}}],"seconds":20}',
			/damaged/
		],
		['#replay=booking&run={"changes":[],"seconds":1e9}', /damaged/],
		[`#replay=booking&run=${'x'.repeat(30_000)}`, /longer than any/]
	])('%s is refused with a sentence', (hash, sentence) => {
		const read = readReplayHash(hash, input);
		expect(read && 'problem' in read && read.problem).toMatch(sentence);
	});

	test('that says something else is not about a replay, and rubbish never throws', () => {
		expect(readReplayHash('#service-api', input)).toBeUndefined();
		fc.assert(
			fc.property(fc.string(), fc.string(), (a, b) => {
				const read = readReplayHash(`#replay=booking&run=${a}&t=${b}`, input);
				expect(read).toBeDefined();
			})
		);
	});
});

describe('one clock', () => {
	async function replayed(kind: 'p50' | 'failed' = 'p50') {
		const system = await running();
		const replay = RequestReplay.of(system);
		await replay.start({ flow: 'booking', kind, run: sideRunOf(system) }, 0);
		return { system, replay };
	}

	test('the page and the shell share it', async () => {
		const { system, replay } = await replayed();
		expect(RequestReplay.of(system)).toBe(replay);
		expect(replay.playing).toBe(false);
	});

	test('stepping goes from moment to moment, and back over the same ones', async () => {
		const { replay } = await replayed();
		const trace = replay.trace;
		if (!trace) throw new Error(replay.message);
		const steps = momentsOf(trace).length - 1;
		const walk = (direction: 1 | -1) =>
			Array.from({ length: steps }, () => {
				replay.step(direction);
				return replay.at;
			});
		const forth = [replay.at, ...walk(1)];
		expect(forth.at(-1)).toBe(traceLength(trace));
		expect([replay.at, ...walk(-1)].reverse()).toEqual(forth);
	});

	test('what is drawn is a function of the trace and the moment, forwards as backwards', async () => {
		const { replay } = await replayed();
		const trace = replay.trace;
		if (!trace) throw new Error(replay.message);
		const moments = Array.from({ length: 50 }, (_, index) => (index * traceLength(trace)) / 50);
		const drawn = (ms: number) => {
			replay.seek(ms);
			return JSON.stringify([replay.tokens, currentSpan(trace, replay.at)?.id]);
		};
		const forwards = moments.map(drawn);
		const backwards = [...moments].reverse().map(drawn).reverse();
		expect(backwards).toEqual(forwards);
		expect(JSON.stringify(tokensAt(trace, moments[7] ?? 0))).toBe(
			JSON.stringify(JSON.parse(forwards[7] ?? '[]')[0])
		);
	});

	test('a seek outside the request ends at its ends', async () => {
		const { replay } = await replayed();
		replay.seek(-5);
		expect(replay.at).toBe(0);
		replay.seek(Infinity);
		expect(replay.at).toBe(0);
		replay.seek(1e9);
		expect(replay.at).toBe(replay.length);
	});

	test('a failing request is had on demand, and it is told what it took', async () => {
		const { replay } = await replayed('failed');
		expect(replay.trace?.outcome).not.toBe('ok');
		expect(replay.message).toMatch(/under [248] times the traffic/);
	});
});
