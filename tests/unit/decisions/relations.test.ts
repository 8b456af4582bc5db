import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	canonicalKind,
	lineageOf,
	relationsOf,
	successorsOf
} from '../../../src/lib/decisions/relations';
import { link, record } from './records';

const readable = (records: ReturnType<typeof record>[], of: number) => {
	const decision = records.find(({ number }) => number === of);
	return decision
		? relationsOf(decision, records).map(({ kind, decision: other }) => `${kind} ${other.number}`)
		: [];
};

describe('kinds of links', () => {
	it.each([
		['supersedes', 'supersedes', false],
		['Superseded by', 'supersedes', true],
		['supersededBy', 'supersedes', true],
		['is superceded_by', 'supersedes', true],
		['depends on', 'depends-on', false],
		['Relates to', 'relates-to', false],
		['inspired by', 'inspired-by', false]
	])('reads "%s" as %s', (written, kind, reversed) => {
		expect(canonicalKind(written)).toEqual({ kind, reversed });
	});
});

describe('relations of a record', () => {
	it('derives the way back of every link', () => {
		const records = [
			record(1, { status: 'superseded' }),
			record(2, { links: [link('supersedes', 1)] })
		];
		expect(readable(records, 1)).toEqual(['is superseded by 2']);
		expect(readable(records, 2)).toEqual(['supersedes 1']);
	});

	it('states a relation once when both records have written it down, and knows it as written', () => {
		const records = [
			record(1, { links: [link('superseded by', 2)] }),
			record(2, { links: [link('supersedes', 1, 'all of it')] })
		];
		const [only, ...others] = relationsOf(records[0] ?? record(1), records);
		expect(others).toEqual([]);
		expect(only).toMatchObject({ kind: 'is superseded by', authored: true });
	});

	it('keeps what a link says about itself, seen from either side', () => {
		const records = [record(1), record(2, { links: [link('amends', 1, 'only the retry policy')] })];
		expect(relationsOf(records[0] ?? record(1), records)[0]).toMatchObject({
			kind: 'is amended by',
			authored: false,
			description: 'only the retry policy'
		});
	});

	it('puts supersession first and leaves out links into nothing and to itself', () => {
		const records = [
			record(1, { links: [link('relates to', 3), link('relates to', 9), link('relates to', 1)] }),
			record(2, { links: [link('supersedes', 1)] }),
			record(3)
		];
		expect(readable(records, 1)).toEqual(['is superseded by 2', 'relates to 3']);
	});

	it('is symmetric: whatever one record says of another, the other says back', () => {
		const kinds = ['supersedes', 'superseded-by', 'amends', 'relates-to', 'depends-on', 'odd'];
		fc.assert(
			fc.property(
				fc.array(
					fc.record({
						from: fc.integer({ min: 1, max: 6 }),
						to: fc.integer({ min: 1, max: 6 }),
						kind: fc.constantFrom(...kinds)
					}),
					{ maxLength: 12 }
				),
				(edges) => {
					const records = [1, 2, 3, 4, 5, 6].map((number) =>
						record(number, {
							links: edges
								.filter(({ from }) => from === number)
								.map(({ kind, to }) => link(kind, to))
						})
					);
					const pairs = records.flatMap((one) =>
						relationsOf(one, records).map(({ decision: other }) => [one.number, other.number])
					);
					const turned = pairs.map(([one, other]) => [other, one]);
					expect(new Set(turned.map(String))).toEqual(new Set(pairs.map(String)));
				}
			)
		);
	});
});

describe('lineage', () => {
	it('runs from the first record to the one in force, whatever their numbers', () => {
		const records = [
			record(2, { links: [link('supersedes', 7)] }),
			record(5, { links: [link('supersedes', 2)] }),
			record(7),
			record(8)
		];
		const of = (number: number) =>
			lineageOf(records.find((other) => other.number === number) ?? record(0), records).map(
				(member) => member.number
			);
		expect(of(2)).toEqual([7, 2, 5]);
		expect(of(5)).toEqual([7, 2, 5]);
		expect(of(8)).toEqual([8]);
	});

	it('ends for records that replace each other', () => {
		const records = [
			record(1, { links: [link('supersedes', 2)] }),
			record(2, { links: [link('supersedes', 1)] })
		];
		expect(lineageOf(records[0] ?? record(1), records).map(({ number }) => number)).toEqual([1, 2]);
	});

	it('names everything that took a record’s place', () => {
		const records = [
			record(1),
			record(2, { links: [link('supersedes', 1)] }),
			record(3, { links: [link('replaces', 1)] })
		];
		expect(successorsOf(records[0] ?? record(1), records).map(({ number }) => number)).toEqual([
			2, 3
		]);
	});
});
