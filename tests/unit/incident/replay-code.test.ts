import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReplay, encodeReplay, type Replay } from '../../../src/lib/incident/replay-code';
import { safeLine, type Move } from '../../../src/lib/incident/round';
import { scenarioOf } from './deck-of-the-site';

const scenario = scenarioOf(23);

/** Any round that can be played: wrong actions of a step in any order, then the safe one, up to any point. */
const anyReplay: fc.Arbitrary<Replay> = fc.record({
	seed: fc.maxSafeInteger().filter((seed) => Math.abs(seed) < 2 ** 51),
	hints: fc.uniqueArray(fc.integer({ min: 0, max: 3 })).map((hints) => hints.sort()),
	moves: fc
		.tuple(...scenario.steps.map((step) => fc.shuffledSubarray(step.actions)), fc.nat(16))
		.map((parts) => {
			const length = parts.at(-1) as number;
			const moves: Move[] = [];
			scenario.steps.forEach((step, index) => {
				const wrong = (parts[index] as typeof step.actions).filter(
					({ verdict }) => verdict !== 'safe'
				);
				const safe = step.actions.filter(({ verdict }) => verdict === 'safe');
				moves.push(...[...wrong, ...safe].map(({ id }) => ({ step: index, action: id })));
			});
			return moves.slice(0, length);
		})
});

describe('a replay code', () => {
	it('says any round that can be played in far less than 200 characters', () => {
		fc.assert(
			fc.property(anyReplay, (replay) => {
				const code = encodeReplay(scenario, replay);
				expect(code.length).toBeLessThan(40);
				expect(decodeReplay(scenario, code)).toEqual({ ok: true, value: replay });
			})
		);
	});

	it('is refused with a sentence when a character of it is changed, missing or too many', () => {
		const code = encodeReplay(scenario, { seed: 9999, moves: safeLine(scenario), hints: [1] });
		fc.assert(
			fc.property(fc.nat(code.length - 1), fc.constantFrom(...'AZaz09-_'), (at, character) => {
				const changed = code.slice(0, at) + character + code.slice(at + 1);
				// The last character holds bits that no byte has.
				fc.pre(changed !== code && at < code.length - 1);
				expect(decodeReplay(scenario, changed)).toMatchObject({ ok: false });
			})
		);
		for (let length = 0; length < code.length; length++)
			expect(decodeReplay(scenario, code.slice(0, length))).toMatchObject({ ok: false });
		expect(decodeReplay(scenario, `${code}AA`)).toMatchObject({ ok: false });
	});

	it('never throws, whatever it is given', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.base64String()), (text) => {
				const decoded = decodeReplay(scenario, text);
				expect(decoded.ok || decoded.problem.length > 10).toBe(true);
			})
		);
		expect(decodeReplay(scenario, 'A'.repeat(5000))).toMatchObject({ ok: false });
	});

	it('is of one incident, as it stands', () => {
		const code = encodeReplay(scenario, { seed: 1, moves: safeLine(scenario), hints: [] });
		expect(decodeReplay(scenarioOf(41), code)).toEqual({
			ok: false,
			problem: 'it is of another incident'
		});
		const changed = { ...scenario, opensAtSeconds: scenario.opensAtSeconds + 1 };
		expect(decodeReplay(changed, code)).toMatchObject({
			ok: false,
			problem: expect.stringContaining('changed since')
		});
	});
});
