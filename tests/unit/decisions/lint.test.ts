import { describe, expect, it } from 'vitest';
import { lintDecisions } from '../../../src/lib/decisions/lint';
import { link, prose, record } from './records';

const findings = (...records: Parameters<typeof lintDecisions>[0]) =>
	lintDecisions(records).map(({ severity, number, message }) => `${number} ${severity} ${message}`);

describe('the lint of decision records', () => {
	it('has nothing to say about records that hold together', () => {
		expect(
			findings(
				record(1, { status: 'superseded' }),
				record(2, { links: [link('supersedes', 1), link('relates to', 3)] }),
				record(3, { status: 'proposed' })
			)
		).toEqual([]);
	});

	it('names the second record of a number', () => {
		expect(findings(record(1), record(1, { slug: 'twin' }))).toEqual([
			'1 error "twin" has a number that is taken; give it the next free one'
		]);
	});

	it('names links into nothing and to itself', () => {
		const found = findings(record(1, { links: [link('amends', 12), link('relates to', 1)] }));
		expect(found).toEqual([
			'1 error links to ADR-012, which does not exist',
			'1 error links to itself ("relates to"); name another record'
		]);
	});

	it('names every record of a circle of supersession', () => {
		const found = lintDecisions([
			record(1, { status: 'superseded', links: [link('supersedes', 3)] }),
			record(2, { status: 'superseded', links: [link('supersedes', 1)] }),
			record(3, { status: 'superseded', links: [link('supersedes', 2)] })
		]).filter(({ message }) => message.startsWith('supersedes itself'));
		expect(found.map(({ number }) => number)).toEqual([1, 2, 3]);
	});

	it('checks supersession from both sides', () => {
		expect(findings(record(1, { status: 'superseded' }))).toEqual([
			'1 error is superseded, but no record says that it supersedes this one'
		]);
		expect(findings(record(1), record(2, { links: [link('supersedes', 1)] }))).toEqual([
			'1 error is accepted, yet ADR-002 supersedes it; set its status to superseded'
		]);
	});

	it('does not let a proposal take the place of what is in force', () => {
		expect(
			findings(
				record(1, { status: 'superseded' }),
				record(2, { status: 'proposed', links: [link('supersedes', 1)] })
			)
		).toEqual(['1 error is superseded only by records that nobody has accepted']);
		expect(
			findings(record(1), record(2, { status: 'proposed', links: [link('amends', 1)] }))
		).toEqual([
			'2 warning amends ADR-001 but is only proposed; until it is accepted the other stands unchanged'
		]);
	});

	it('asks which of two accepted successors holds', () => {
		const found = findings(
			record(1, { status: 'superseded' }),
			record(2, { links: [link('supersedes', 1)] }),
			record(3, { links: [link('supersedes', 1)] })
		);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatch(/^1 warning is superseded by ADR-002 and ADR-003, all accepted/);
	});

	it.each([
		['a section of its own', { id: 't', title: 'Trade-offs', body: prose('Slower.') }],
		['MADR consequences', { id: 'c', title: 'Consequences', body: prose('Bad, because slower.') }],
		['an argument in passing', { id: 'o', title: 'Outcome', body: prose('Bad, because slower.') }]
	])('finds the trade-off in %s', (_, section) => {
		expect(findings(record(1, { sections: [section] }))).toEqual([]);
	});

	it('asks for the cost where none is stated', () => {
		const sections = [{ id: 'd', title: 'Decision', body: prose('We use it everywhere.') }];
		expect(findings(record(1, { sections }))).toEqual([
			'1 warning states no trade-off; say what the decision costs'
		]);
	});
});
