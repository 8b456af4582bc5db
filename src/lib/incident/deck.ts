import { families, type Family, type ScenarioAction, type ScenarioStep } from '../content';

/** What the deck needs to know of a scenario. */
export interface Card {
	number: number;
	slug: string;
	title: string;
	family: Family;
}

export type DeckOrder = 'in-order' | 'random' | 'unsolved-first';

/**
 * The order in which scenarios are dealt. The same seed deals the same order everywhere.
 * @param seed any integer; only `random` and `unsolved-first` use it
 */
export function dealDeck<Each extends Card>(
	cards: readonly Each[],
	order: DeckOrder,
	{ seed = 0, solved = [] }: { seed?: number; solved?: readonly number[] } = {}
): Each[] {
	const sorted = [...cards].sort((a, b) => a.number - b.number);
	if (order === 'in-order') return sorted;
	const shuffled = shuffle(sorted, seed);
	if (order === 'random') return shuffled;
	const isSolved = (card: Each) => solved.includes(card.number);
	return [
		...shuffled.filter((card) => !isSolved(card)),
		...shuffled.filter((card) => isSolved(card))
	];
}

export function cardsOfFamily<Each extends Card>(cards: readonly Each[], family: Family): Each[] {
	return dealDeck(
		cards.filter((card) => card.family === family),
		'in-order'
	);
}

/** How many of each family are solved; families without a card are left out. */
export function progressByFamily(
	cards: readonly Card[],
	solved: readonly number[]
): { family: Family; solved: number; total: number }[] {
	return families
		.map((family) => {
			const own = cards.filter((card) => card.family === family);
			const done = own.filter(({ number }) => solved.includes(number));
			return { family, solved: done.length, total: own.length };
		})
		.filter(({ total }) => total > 0);
}

/** By number or by slug, as a visitor types it. */
export function findCard<Each extends Card>(
	cards: readonly Each[],
	word: string
): Each | undefined {
	const digits = /^0*(\d{1,4})$/.exec(word.trim())?.[1];
	return cards.find(({ number, slug }) => slug === word.trim() || String(number) === digits);
}

/**
 * The incident of the day, the same for everybody on that UTC date.
 * @param now milliseconds since 1970
 */
export function dailyCard<Each extends Card>(
	cards: readonly Each[],
	now: number
): Each | undefined {
	const day = Math.floor(now / 86_400_000);
	const sorted = dealDeck(cards, 'in-order');
	// Every card comes once before one comes again; each pass has its own order.
	const pass = Math.floor(day / Math.max(1, sorted.length));
	return shuffle(sorted, pass)[day % Math.max(1, sorted.length)];
}

/** A step's actions as this round shows them. */
export function dealActions(step: ScenarioStep, index: number, seed: number): ScenarioAction[] {
	return shuffle(step.actions, seed * 31 + index);
}

/** Fisher and Yates, on a small generator of its own (mulberry32) so that every engine deals alike. */
export function shuffle<Item>(items: readonly Item[], seed: number): Item[] {
	let state = (seed * 2654435761 + 0x9e3779b9) | 0;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const result = [...items];
	for (let last = result.length - 1; last > 0; last--) {
		const other = Math.floor(next() * (last + 1));
		const item = result[last] as Item;
		result[last] = result[other] as Item;
		result[other] = item;
	}
	return result;
}
