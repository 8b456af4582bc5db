import { describe, expect, it } from 'vitest';
import { families } from '../../../src/lib/content';
import { scenarios } from './deck-of-the-site';

const steps = scenarios.flatMap((scenario) =>
	scenario.steps.map((step) => ({ ...step, slug: scenario.slug }))
);

describe('the words of the deck', () => {
	it('has forty incidents, at least three of each family, each with its own number and source', () => {
		expect(scenarios).toHaveLength(40);
		expect(new Set(scenarios.map(({ number }) => number)).size).toBe(40);
		for (const family of families)
			expect(
				scenarios.filter((scenario) => scenario.family === family).length,
				family
			).toBeGreaterThanOrEqual(3);
		for (const { source } of scenarios) expect(source.url).toMatch(/^https?:\/\//);
	});

	it('asks no question, gives no hint and offers no action twice', () => {
		const said = steps.flatMap(({ question, hint, actions }) => [
			question,
			hint,
			...actions.flatMap(({ label, says }) => [label, says])
		]);
		const twice = said.filter(
			(text, index) => said.findIndex((other) => other.trim() === text.trim()) !== index
		);
		expect(twice).toEqual([]);
	});

	it('does not give a verdict away by how long a label is', () => {
		for (const verdict of ['safe', 'harmful'] as const) {
			const longest = steps.filter(
				({ actions }) =>
					actions.toSorted((a, b) => b.label.length - a.label.length)[0]?.verdict === verdict
			);
			// By chance it would be a quarter of the safe ones, and as many of the harmful as there are.
			expect(longest.length / steps.length, verdict).toBeLessThan(0.4);
		}
	});

	it('has some where all gauges are green, and pairs with the same gauges', () => {
		const green = scenarios.filter(({ objective }) => objective.promise);
		expect(green.length).toBeGreaterThanOrEqual(3);
	});
});
