import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../src/lib/platform/storage';
import { decodeRound, decodeScorecard, scorecardOn } from '../../../src/lib/incident/progress';
import { emptyScorecard } from '../../../src/lib/incident/score';
import { scenarioOf } from './deck-of-the-site';

const stored = { version: 1, ...emptyScorecard };
const key = 'fournines:incident-scorecard';

describe('the stored scorecard', () => {
	it('reads back what it wrote', () => {
		const store = memoryStore();
		const card = scorecardOn(store);
		card.current = { ...card.current, score: 175, solved: [32], rounds: 1 };
		const again = scorecardOn(store);
		again.restore();
		expect(again.current).toEqual({ ...stored, score: 175, solved: [32], rounds: 1 });
		expect(again.problem).toBeUndefined();
	});

	it.each([
		['not JSON', '{"version":1,'],
		['a newer version', JSON.stringify({ ...stored, version: 2 })],
		['a negative score', JSON.stringify({ ...stored, score: -1 })],
		['a fraction', JSON.stringify({ ...stored, rounds: 1.5 })],
		['more crashes than rounds', JSON.stringify({ ...stored, crashes: 3 })],
		['the same scenario solved twice', JSON.stringify({ ...stored, solved: [2, 2] })],
		['a field too many', JSON.stringify({ ...stored, admin: true })],
		['an absurd size', JSON.stringify({ ...stored, padding: 'x'.repeat(200_000) })]
	])('sets %s aside and says so', (_, text) => {
		const store = memoryStore({ [key]: text });
		const card = scorecardOn(store);
		card.restore();
		expect(card.current).toEqual(stored);
		expect(card.problem).toContain('set aside');
		expect(store.getItem(`${key}:damaged`)).toBe(text);
	});

	it('never throws, whatever it is given', () => {
		fc.assert(
			fc.property(fc.anything(), (raw) => {
				expect(typeof decodeScorecard(raw).ok).toBe('boolean');
			})
		);
	});
});

describe('a stored round', () => {
	const scenario = scenarioOf(32);
	const round = { version: 1, scenario: scenario.slug, seed: 7, moves: [], hints: [] };
	const safe = scenario.steps[0]?.actions.find(({ verdict }) => verdict === 'safe')?.id;
	const wrong = scenario.steps[0]?.actions.find(({ verdict }) => verdict !== 'safe')?.id;

	it('takes moves that the scenario allows', () => {
		const moves = [
			{ step: 0, action: wrong },
			{ step: 0, action: safe }
		];
		expect(decodeRound({ ...round, moves }, [scenario])).toMatchObject({ ok: true });
	});

	it.each([
		['an unknown action', [{ step: 0, action: 'win' }]],
		['a step out of turn', [{ step: 2, action: safe }]],
		[
			'the same wrong action twice',
			[
				{ step: 0, action: wrong },
				{ step: 0, action: wrong }
			]
		]
	])('refuses %s', (_, moves) => {
		expect(decodeRound({ ...round, moves }, [scenario])).toMatchObject({ ok: false });
	});
});
