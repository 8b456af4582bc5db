import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSite } from '../../../src/lib/content/load';
import { readFolder } from '../../../src/lib/content/read-folder';
import { readRecord } from '../../../src/lib/content/records/read-record';
import { lostLines, recordFiles, recordOf } from './records-help';

const fixtures = join(import.meta.dirname, '../../fixtures/records');
const forms = ['madr-4', 'madr-2', 'nygard', 'adrs'];

function problemsOf(file: string, text: string): string[] {
	const result = readRecord(file, text);
	return 'problems' in result
		? result.problems.map(({ line, field, message }) => `${line}: ${field}: ${message}`)
		: [];
}

test('what is no finished record says what is wrong and where', () => {
	const found = Object.fromEntries(
		recordFiles(join(fixtures, 'broken')).map(({ file, text }) => [file, problemsOf(file, text)])
	);
	const unfilled = 'is still what the template says; expected it to be filled in, or left out';
	expect(found).toEqual({
		'0002-empty-status.md': [
			'3: status: the section "Status" says none; expected one such as accepted'
		],
		'0003-no-title.md': ['1: title: is missing; expected a first heading such as "# Use a queue"'],
		'0004-bad-link.md': [
			'5: links.0: is no link; expected a kind and the number of a record as target',
			'3: date: is not a date; expected 2025, 2025-03 or 2025-03-02'
		],
		'0005-bad-yaml.md': [expect.stringContaining('not valid YAML')],
		'0006-prose-for-status.md': [
			'3: status: the section "Status" says none; expected one such as accepted'
		],
		'template-adr-tools.md': [
			`1: title: ${unfilled}`,
			`3: date: ${unfilled}`,
			`7: status: ${unfilled}`
		],
		'template-madr-2.md': [
			`1: title: ${unfilled}`,
			`3: status: ${unfilled}`,
			`4: date: ${unfilled}`
		],
		'template-madr-3.md': [`2: status: ${unfilled}`],
		'template-madr-4.md': [
			`2: status: ${unfilled}`,
			`3: date: ${unfilled}`,
			`4: decision-makers: ${unfilled}`
		]
	});
});

test('a record that says no status at all is not decided, as far as one can tell', () => {
	const [only] = recordFiles(join(fixtures, 'no-status'));
	if (!only) throw new Error('no file');
	const { status, statusAsWritten } = recordOf(only.file, only.text);
	expect([status, statusAsWritten]).toEqual(['proposed', '']);
});

test.each(forms)('nothing of a file in %s is lost, and ids are there once', (form) => {
	for (const { file, text } of recordFiles(join(fixtures, form))) {
		const record = recordOf(file, text);
		expect({ file, lost: lostLines(text, record) }).toEqual({ file, lost: [] });
		const ids = record.sections.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
	}
});

test.each(forms)(
	'line ends of Windows and a mark at the beginning change nothing in %s',
	(form) => {
		for (const { file, text } of recordFiles(join(fixtures, form)))
			expect(recordOf(file, `\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(
				recordOf(file, text)
			);
	}
);

test('a date that can be read in two ways stays text', () => {
	const { date, sections } = recordOf('0001-x.md', '# X\n\nStatus: accepted\nDate: 03/04/2020\n');
	expect(date).toBeUndefined();
	expect(sections[0]?.body).toBe('Date: 03/04/2020');
});

test('the check for what is lost sees a section that is gone', () => {
	const text = '# X\n\nStatus: accepted\n\n## A\n\nOne.\n\n## B\n\nTwo.\n';
	const record = recordOf('0001-x.md', text);
	const lost = lostLines(text, { ...record, sections: record.sections.slice(0, 1) });
	expect(lost).toEqual(['## B', 'Two.']);
});

test("the first site's records read as its loader has them", () => {
	const loaded = loadSite(readFolder('src/content'));
	if (!('site' in loaded)) throw new Error('the first site does not load');
	for (const { file, text } of recordFiles('src/content/decisions')) {
		const { sections, ...record } = recordOf(file, text);
		const decision = loaded.site.decisions.find(({ number }) => number === record.number);
		expect(record).toMatchObject({
			slug: decision?.slug,
			title: decision?.title,
			status: decision?.status,
			deciders: decision?.deciders,
			tags: decision?.tags
		});
		expect(sections.map(({ id, body }) => [id, body])).toEqual(
			decision?.sections.map(({ id, body }) => [id, body.markdown])
		);
		expect(record.links.map(({ target }) => target)).toEqual(
			decision?.links.map(({ target }) => target)
		);
	}
});

test('a file that is too long for one is a problem of that file', () => {
	const result = readRecord('0001-x.markdown', 'x'.repeat(1_000_001));
	expect(result).toMatchObject({ problems: [{ file: '0001-x.markdown', line: 1 }] });
});
