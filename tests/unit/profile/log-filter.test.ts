import { describe, expect, it } from 'vitest';
import {
	choicesOf,
	decodeFilter,
	encodeFilter,
	matches,
	newestFirst
} from '../../../src/lib/profile/log-filter';
import { entry } from './site';

const entries = [
	entry(2022, { kind: 'foundation' }),
	entry(2024, { slug: 'pass', kind: 'performance' }),
	entry(2024, { slug: 'migration', kind: 'migration' })
];

describe('the log', () => {
	it('reads newest first, and within a year the later entry first', () => {
		expect(newestFirst(entries).map(({ slug }) => slug)).toEqual([
			'migration',
			'pass',
			'entry-2022'
		]);
	});

	it('is filtered by year and kind together', () => {
		const shown = (year: string, kind: string) =>
			entries.filter((one) => matches(one, { year, kind })).map(({ slug }) => slug);
		expect(shown('', '')).toHaveLength(3);
		expect(shown('2024', '')).toEqual(['pass', 'migration']);
		expect(shown('2024', 'performance')).toEqual(['pass']);
		expect(shown('2022', 'performance')).toEqual([]);
	});

	it('offers only years and kinds that occur', () => {
		expect(choicesOf(entries)).toEqual({
			years: ['2024', '2022'],
			kinds: ['foundation', 'performance', 'migration']
		});
	});
});

describe('the filter in the address', () => {
	it('comes back as it was written, beside what else is there', () => {
		const filter = { year: '2024', kind: 'migration' };
		const query = encodeFilter(new URLSearchParams('a=1'), filter);
		expect(query.toString()).toBe('a=1&year=2024&kind=migration');
		expect(decodeFilter(query, entries)).toEqual(filter);
		expect(encodeFilter(query, { year: '', kind: '' }).toString()).toBe('a=1');
	});

	it.each(['year=1999&kind=magic', 'year=constructor', 'year=2024.0', 'kind[]=migration'])(
		'ignores what the log does not have: %s',
		(text) => {
			expect(decodeFilter(new URLSearchParams(text), entries)).toEqual({ year: '', kind: '' });
		}
	);
});
