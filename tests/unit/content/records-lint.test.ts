import { describe, expect, test } from 'vitest';
import { lintRecords } from '../../../src/lib/content/records/lint-records';
import { recordOf } from './records-help';

describe('lint', () => {
	const file = (name: string, links: string, number = name.slice(0, 4)) => ({
		file: name,
		record: recordOf(name, `---\nstatus: accepted\nlinks: [${links}]\n---\n# ${number}. X\n`)
	});

	test('records that fit together are well', () => {
		expect(
			lintRecords([
				file('0001-a.md', '{ kind: superseded by, target: 2 }'),
				file('0002-b.md', '{ kind: supersedes, target: 1 }')
			])
		).toEqual([]);
	});

	test('forty records of three forms fit together', () => {
		const name = (number: number) => `${String(number).padStart(4, '0')}-choice.md`;
		const records = Array.from({ length: 40 }, (_, index) => {
			const number = index + 1;
			const next = `[${number + 1}. Choice](${name(number + 1)})`;
			const state = number % 4 === 3 ? `Superseded by ${next}` : 'Accepted';
			const texts = [
				`# ${number}. Choice\n\nDate: 2020-01-01\n\n## Status\n\n${state}\n\n## Context\n`,
				`# Choice\n\n* Status: ${state}\n* Date: 2020-01-01\n\n## Decision Outcome\n`,
				`---\nstatus: "${state}"\ndate: 2020-01-01\n---\n# ADR-${number}: Choice\n`
			];
			return { file: name(number), record: recordOf(name(number), texts[index % 3] ?? '') };
		});
		expect(lintRecords(records)).toEqual([]);
		const superseded = records.filter(({ record }) => record.status === 'superseded');
		expect(superseded).toHaveLength(10);
		for (const { record } of superseded)
			expect(record.links.map(({ target }) => target)).toEqual([(record.number ?? 0) + 1]);
		expect(new Set(records.map(({ record }) => `${record.title} ${record.date}`)).size).toBe(1);
	});

	test('numbers twice, links into nothing and to oneself are named', () => {
		const problems = lintRecords([
			file('0001-a.md', '{ kind: amends, target: 9 }'),
			file('0001-b.md', '{ kind: amends, target: 1 }')
		]);
		expect(problems.map(({ file: name, line, field }) => [name, line, field])).toEqual([
			['0001-b.md', 1, 'number'],
			['0001-a.md', 3, 'links'],
			['0001-b.md', 3, 'links']
		]);
	});

	test('two records that supersede each other are both named', () => {
		const problems = lintRecords([
			file('0001-a.md', '{ kind: supersedes, target: 2 }'),
			file('0002-b.md', '{ kind: replaces, target: 1 }')
		]);
		expect(problems.map(({ message }) => message)).toEqual([
			'1 and 2 supersede each other; expected one of them to be the later one',
			'2 and 1 supersede each other; expected one of them to be the later one'
		]);
	});
});
