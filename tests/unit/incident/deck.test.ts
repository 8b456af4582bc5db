import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	cardsOfFamily,
	dailyCard,
	dealDeck,
	findCard,
	shuffle,
	type Card
} from '../../../src/lib/incident/deck';

const card = (number: number, family: Card['family'] = 'cache'): Card => ({
	number,
	slug: `incident-${number}`,
	title: `Incident ${number}`,
	family
});
const cards = [card(32, 'observability'), card(2), card(41), card(9, 'database'), card(23)];
const numbers = (dealt: readonly Card[]) => dealt.map(({ number }) => number);

describe('dealing', () => {
	it('is in order by number when asked for in order', () => {
		expect(numbers(dealDeck(cards, 'in-order'))).toEqual([2, 9, 23, 32, 41]);
	});

	it('deals every card once, the same order for the same seed, whatever order they came in', () => {
		fc.assert(
			fc.property(fc.integer(), (seed) => {
				const dealt = numbers(dealDeck(cards, 'random', { seed }));
				expect([...dealt].sort((a, b) => a - b)).toEqual([2, 9, 23, 32, 41]);
				expect(numbers(dealDeck([...cards].reverse(), 'random', { seed }))).toEqual(dealt);
			})
		);
	});

	it('puts unsolved scenarios first', () => {
		const dealt = numbers(dealDeck(cards, 'unsolved-first', { seed: 3, solved: [2, 9, 32] }));
		expect(dealt.slice(0, 2).sort()).toEqual([23, 41]);
		expect(dealt.slice(2).sort()).toEqual([2, 32, 9]);
	});

	it('shows each action in each place over many seeds', () => {
		const first = new Set(
			Array.from({ length: 200 }, (_, seed) => shuffle(['a', 'b', 'c', 'd'], seed)[0])
		);
		expect(first.size).toBe(4);
	});
});

describe('picking', () => {
	it('finds a card by number or slug, and nothing for anything else', () => {
		expect(findCard(cards, '032')?.number).toBe(32);
		expect(findCard(cards, 'incident-9')?.number).toBe(9);
		expect(findCard(cards, '__proto__')).toBeUndefined();
	});

	it('picks by family', () => {
		expect(numbers(cardsOfFamily(cards, 'cache'))).toEqual([2, 23, 41]);
	});
});

describe('the daily incident', () => {
	const day = 86_400_000;

	it('is the same from midnight to midnight UTC', () => {
		const midnight = Date.UTC(2026, 10, 20);
		expect(dailyCard(cards, midnight)).toEqual(dailyCard(cards, midnight + day - 1));
	});

	it('shows every card once before one comes again', () => {
		const start = Math.ceil(Date.UTC(2026, 10, 20) / day / cards.length) * cards.length;
		const days = cards.map((_, offset) => dailyCard(cards, (start + offset) * day)?.number);
		expect(new Set(days).size).toBe(cards.length);
	});

	it('is nothing for an empty deck', () => {
		expect(dailyCard([], 0)).toBeUndefined();
	});
});
