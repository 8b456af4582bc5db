import { describe, expect, it } from 'vitest';
import { recordDiff } from '../../../src/lib/decisions/record-diff';
import { arcsOf, inOrderOfTime, servicesOverTime } from '../../../src/lib/decisions/record-graph';
import { link, prose, record } from './records';

describe('bows', () => {
	it('join each pair once, whoever says it, and those that cross reach out differently', () => {
		const arcs = arcsOf([
			record(1, { links: [link('superseded by', 3)] }),
			record(2, { links: [link('relates to', 1)] }),
			record(3, { links: [link('supersedes', 1), link('supersedes', 9)] })
		]);
		expect(arcs).toEqual([
			{ from: 1, to: 0, kind: 'relates-to', reach: 1 },
			{ from: 2, to: 0, kind: 'supersedes', reach: 2 }
		]);
	});

	it('side by side have the same reach', () => {
		const arcs = arcsOf([
			record(1),
			record(2, { links: [link('amends', 1)] }),
			record(3, { links: [link('amends', 2)] })
		]);
		expect(arcs.map(({ reach }) => reach)).toEqual([1, 1]);
	});
});

describe('the order of time', () => {
	it('goes by date; a record without one stays behind its number’s neighbour', () => {
		const order = inOrderOfTime([
			record(1, { date: '2025' }),
			record(2, { date: '2024-03' }),
			record(3),
			record(4, { date: '2024-01' })
		]);
		expect(order.map(({ number }) => number)).toEqual([4, 2, 3, 1]);
	});

	it('builds the system up: what no record is about stands from the start', () => {
		expect(
			servicesOverTime(
				[{ affects: ['cache'] }, { affects: [] }, { affects: ['queue', 'cache'] }],
				['gateway', 'cache', 'queue']
			)
		).toEqual([
			['gateway', 'cache'],
			['gateway', 'cache'],
			['gateway', 'cache', 'queue']
		]);
	});
});

describe('a diff of two records', () => {
	const section = (title: string, text: string) => ({ id: title, title, body: prose(text) });

	it('goes by section and by word, and loses nothing of either', () => {
		const before = record(1, {
			sections: [section('Context', 'Reads are slow.'), section('Only before', 'Gone.')]
		});
		const after = record(2, {
			sections: [section('Context', 'Reads are very slow.'), section('New', 'Here.')]
		});
		const diff = recordDiff(before, after);
		expect(diff.map(({ title }) => title)).toEqual(['Context', 'New', 'Only before']);
		const side = (which: 'before' | 'after') =>
			diff.map(({ pieces }) =>
				pieces
					.filter((piece) => piece.side === 'both' || piece.side === which)
					.map(({ text }) => text)
					.join('')
			);
		expect(side('before')).toEqual(['Reads are slow.', '', 'Gone.']);
		expect(side('after')).toEqual(['Reads are very slow.', 'Here.', '']);
		expect(diff[0]?.pieces.filter(({ side }) => side === 'after')).toHaveLength(1);
	});

	it('of very long texts shows both whole', () => {
		const long = 'word '.repeat(10_000);
		const [first] = recordDiff(
			record(1, { sections: [section('Context', long)] }),
			record(2, { sections: [section('Context', `${long}more`)] })
		);
		expect(first?.pieces.map(({ side }) => side)).toEqual(['before', 'after']);
	});
});
