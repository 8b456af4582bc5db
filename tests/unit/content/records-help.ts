import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainText } from '../../../src/lib/content/markdown';
import { readRecord, type ReadRecord } from '../../../src/lib/content/records/read-record';

/** Markdown files of a folder and of those in it, by name. */
export function recordFiles(folder: string): { file: string; text: string }[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md'))
		.sort()
		.map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}

/** A file's record. Throws with its problems where it has none. */
export function recordOf(file: string, text: string): ReadRecord {
	const result = readRecord(file, text);
	if ('record' in result) return result.record;
	throw new Error(result.problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
}

/** Lines of a file's body that are neither in a section, nor in a heading, nor read as a field or a status. */
export function lostLines(text: string, record: ReadRecord): string[] {
	const lines = text.replace(/^---\r?\n[^]*?\n---[ \t]*\r?\n/, '').split(/\r\n|\n|\r/);
	const kept = new Set(record.sections.flatMap(({ body }) => body.split('\n').map(plain)));
	const titles = new Set([record.title, ...record.sections.map(({ title }) => title)].map(plain));
	const status = plain(record.statusAsWritten);
	const people = [...record.deciders, ...record.consulted, ...record.informed, ...record.tags];
	return lines.filter((line) => {
		const bare = plain(line);
		const field =
			/^(?:[*+-] )?\**(status|date|deciders|decision-makers|consulted|informed|tags)\b/i;
		return !(
			bare === '' ||
			kept.has(bare) ||
			[...titles].some((title) => /^ {0,3}#/.test(line) && bare.endsWith(title)) ||
			titles.has(bare.replace(/^\W*(?:M?ADR[- ]?)?\d+\W+/i, '')) ||
			/^ {0,3}(=+|-+)$/.test(line) ||
			/^#{1,2} (?:\w+ )?status$/i.test(bare) ||
			(status !== '' && bare.includes(status)) ||
			field.test(bare) ||
			people.some((one) => bare.replace(/^[*-] /, '') === one) ||
			record.links.some(({ target }) => bare.includes(String(target)))
		);
	});
}

function plain(text: string): string {
	return plainText(`x ${text.replace(/<!--.*?-->/g, '')}`)
		.slice(1)
		.trim();
}
