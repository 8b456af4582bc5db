import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	emptyScorecard,
	isCleanFix,
	recordRound,
	scoreRound,
	type RoundResult
} from '../../../src/lib/incident/score';

const result = (changes: Partial<RoundResult> = {}): RoundResult => ({
	scenario: 32,
	outcome: 'resolved',
	firstTries: 4,
	wrongActions: 0,
	hints: 0,
	...changes
});

const anyResult: fc.Arbitrary<RoundResult> = fc.record({
	scenario: fc.integer({ min: 1, max: 40 }),
	outcome: fc.constantFrom('resolved', 'unresolved', 'crashed'),
	firstTries: fc.integer({ min: 0, max: 4 }),
	wrongActions: fc.integer({ min: 0, max: 12 }),
	hints: fc.integer({ min: 0, max: 4 })
});

describe('points of a round', () => {
	it.each([
		['a clean fix: four first tries and the bonus', result(), 175],
		['a hint costs its price and the bonus', result({ hints: 1 }), 75],
		[
			'a wrong action costs that first try and the bonus',
			result({ firstTries: 3, wrongActions: 1 }),
			75
		],
		['a crash', result({ outcome: 'crashed', firstTries: 1, wrongActions: 1 }), -25],
		['not resolved is not clean', result({ outcome: 'unresolved' }), 100]
	])('%s', (_, round, expected) => {
		expect(scoreRound(round)).toBe(expected);
	});
});

describe('the scorecard', () => {
	it('never falls below zero, and its best figures never fall', () => {
		fc.assert(
			fc.property(fc.array(anyResult, { maxLength: 30 }), (rounds) => {
				let card = emptyScorecard;
				let model = 0;
				for (const round of rounds) {
					const before = card;
					card = recordRound(card, round);
					model = Math.max(0, model + scoreRound(round));
					expect(card.score).toBe(model);
					expect(card.bestScore).toBeGreaterThanOrEqual(Math.max(before.bestScore, card.score));
					expect(card.bestStreak).toBeGreaterThanOrEqual(card.streak);
				}
				expect(card.rounds).toBe(rounds.length);
				expect(card.crashes).toBe(rounds.filter(({ outcome }) => outcome === 'crashed').length);
				expect(card.hints).toBe(rounds.reduce((sum, { hints }) => sum + hints, 0));
			})
		);
	});

	it('counts a scenario as solved once, in order of numbers', () => {
		const rounds = [result({ scenario: 41 }), result({ scenario: 2 }), result({ scenario: 41 })];
		expect(rounds.reduce(recordRound, emptyScorecard).solved).toEqual([2, 41]);
	});

	it('ends a streak with a crash and keeps the best one', () => {
		const rounds = [result(), result(), result({ outcome: 'crashed' }), result()];
		const card = rounds.reduce(recordRound, emptyScorecard);
		expect([card.streak, card.bestStreak]).toEqual([1, 2]);
	});

	it('calls a fix clean only when nothing helped and nothing went wrong', () => {
		expect(isCleanFix(result())).toBe(true);
		expect(isCleanFix(result({ hints: 1 }))).toBe(false);
		expect(isCleanFix(result({ wrongActions: 1 }))).toBe(false);
	});
});
