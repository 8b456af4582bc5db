import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordFiles, recordOf } from './records-help';

const fixtures = join(import.meta.dirname, '../../fixtures/records');

function fixture(path: string) {
	const [folder = '', file = ''] = path.split('/');
	const found = recordFiles(join(fixtures, folder)).find((one) => one.file === file);
	if (!found) throw new Error(`no fixture ${path}`);
	return recordOf(found.file, found.text);
}

describe('MADR', () => {
	test('front matter of MADR 4 is read, and a status that names its successor is a link', () => {
		expect(fixture('madr-4/0001-queue-between-orders-and-billing.md')).toMatchObject({
			number: 1,
			slug: 'queue-between-orders-and-billing',
			title: 'Put a queue between orders and billing',
			status: 'superseded',
			statusAsWritten: 'superseded by ADR-0003',
			date: '2024-05-02',
			deciders: ['Ada', 'Grace'],
			consulted: ['Billing team', 'Operations'],
			informed: ['Support'],
			tags: ['messaging', 'consistency'],
			links: [
				{ kind: 'superseded by', target: 3, line: 3 },
				{ kind: 'refined by', target: 2, line: 71 }
			],
			frontMatter: { affects: ['orders', 'billing'] },
			form: 'madr'
		});
	});

	test('options keep what speaks for and against them, and the chosen one is marked', () => {
		const { options, consequences } = fixture('madr-4/0001-queue-between-orders-and-billing.md');
		expect(options).toEqual([
			{
				name: 'Call billing directly',
				chosen: false,
				arguments: [
					{ tone: 'good', text: 'it is simple' },
					{ tone: 'bad', text: 'an outage spreads' }
				]
			},
			{
				name: 'Queue in the orders database',
				chosen: true,
				arguments: [
					{ tone: 'good', text: 'one transaction does it' },
					{ tone: 'neutral', text: 'it has to be polled' }
				]
			},
			{
				name: 'Message broker',
				chosen: false,
				arguments: [
					{ tone: 'good', text: 'many can listen' },
					{ tone: 'bad', text: 'somebody has to run it' }
				]
			}
		]);
		expect(consequences).toEqual([
			{ tone: 'good', text: 'orders are taken while billing is away' },
			{ tone: 'bad', text: 'bills come later\nthan before' },
			{ tone: 'neutral', text: 'there is one table more' }
		]);
	});

	test('headings in code are no sections', () => {
		const { sections } = fixture('madr-4/0001-queue-between-orders-and-billing.md');
		expect(sections.map(({ id, line }) => [id, line])).toEqual([
			['context-and-problem-statement', 15],
			['decision-drivers', 25],
			['considered-options', 30],
			['decision-outcome', 36],
			['pros-and-cons-of-the-options', 52],
			['more-information', 69]
		]);
		expect(sections[0]?.body).toContain('## and this no section');
	});

	test('options in bold are named by it', () => {
		const { options, date } = fixture('madr-4/0002-poll-the-queue.md');
		expect(options.map(({ name, chosen }) => [name, chosen])).toEqual([
			['Polling', true],
			['Notification', false]
		]);
		expect(date).toBe('2024-06');
	});

	test('the list below the title is read, as MADR 2 and Log4brains write it', () => {
		const record = fixture('madr-2/20240101-use-markdown.md');
		expect(record).toMatchObject({
			slug: '20240101-use-markdown',
			status: 'accepted',
			date: '2024-01-01',
			deciders: ['Ada Lovelace', 'Grace'],
			tags: ['documentation', 'process'],
			links: [{ kind: 'amends', target: 7, line: 34 }],
			consequences: [
				{ tone: 'good', text: 'It is found by a search' },
				{ tone: 'bad', text: 'Managers do not look there' },
				{ tone: 'bad', text: 'Pictures are hard' }
			],
			form: 'madr'
		});
		expect(record.number).toBeUndefined();
		expect(record.sections[0]).toMatchObject({ id: 'summary', body: 'Technical Story: issue 12' });
		expect(record.options.find(({ chosen }) => chosen)?.name).toBe('Markdown – in the repository');
	});

	test('a list of people can be nested, and a date written out', () => {
		expect(fixture('madr-2/0007-wiki.md')).toMatchObject({
			number: 7,
			title: 'Keep a wiki',
			status: 'superseded',
			deciders: ['Ada', 'Grace'],
			date: '2023-03-03'
		});
	});
});

describe("Nygard's form", () => {
	test('title, date and status are read, and the sections are what is left', () => {
		const record = fixture('nygard/0001-record-architecture-decisions.md');
		expect(record).toMatchObject({
			number: 1,
			title: 'Record architecture decisions',
			status: 'accepted',
			statusAsWritten: 'Accepted',
			date: '2020-01-01',
			form: 'nygard'
		});
		expect(record.sections.map(({ id }) => id)).toEqual(['context', 'decision', 'consequences']);
		expect(record.consequences).toHaveLength(2);
	});

	test('superseded wins over the status before it, with its link', () => {
		expect(fixture('nygard/0002-keep-state-in-files.md')).toMatchObject({
			status: 'superseded',
			links: [{ kind: 'superseded by', target: 4, line: 9 }]
		});
	});

	test('any kind of link in the status is read', () => {
		const record = fixture('nygard/0003-one-process.md');
		expect(record).toMatchObject({
			status: 'accepted',
			statusAsWritten: '✅ Accepted (2020-02-03)',
			links: [
				{ kind: 'amends', target: 2, line: 9 },
				{ kind: 'clears up', target: 1, line: 11 }
			]
		});
		expect(record.sections.map(({ id }) => id)).toEqual([
			'context',
			'decision',
			'consequences',
			'consequences-2'
		]);
	});

	test('of two statuses the later one holds, and what else is said there is kept', () => {
		const record = fixture('nygard/0004-keep-state-in-a-database.md');
		expect(record).toMatchObject({
			title: 'Keep state in a database',
			status: 'accepted',
			links: [
				{ kind: 'supersedes', target: 2, line: 12 },
				{ kind: 'supersedes', target: 3, line: 12 }
			]
		});
		expect(record.sections.map(({ id }) => id)).toEqual([
			'status',
			'context',
			'decision',
			'consequences'
		]);
	});

	test('an unknown status reads as proposed and is kept as written', () => {
		const text = '# 1. X\n\n## Status\n\nOn ice\n';
		expect(recordOf('0001-x.md', text)).toMatchObject({
			status: 'proposed',
			statusAsWritten: 'On ice'
		});
	});
});

describe('front matter with links', () => {
	test('links by number, by name and by file, with their lines', () => {
		expect(fixture('adrs/0002-use-go.md')).toMatchObject({
			title: 'Use Go',
			links: [
				{ kind: 'supersedes', target: 1, description: 'the team knows it', line: 7 },
				{ kind: 'depends on', target: 3, line: 8 }
			],
			sections: [{ id: 'context' }, { id: 'decision' }]
		});
	});

	test('a title can stand in the front matter alone', () => {
		expect(fixture('adrs/adr003-one-binary.md')).toMatchObject({
			number: 3,
			slug: 'one-binary',
			title: 'One binary',
			status: 'accepted'
		});
	});
});
