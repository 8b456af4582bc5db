import { isMap, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { Problem } from './problems';

export interface Place {
	line: number;
	column: number;
}

/** A file's data with the way back from a field to its line. */
export interface Parsed {
	file: string;
	data: unknown;
	/** Markdown below the front matter; empty for YAML files. */
	body: string;
	bodyLine: number;
	/** Where a field stands, or the nearest one above it that exists; from 1. */
	placeOf(path: (string | number)[]): Place;
	problems: Problem[];
}

const frontMatter = /^---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)??---[ \t]*(?:\r?\n|$)/;
/** More is no content file; aliases are counted by the parser against bombs. */
const maximumLength = 1_000_000;

/** Reads YAML, or Markdown with front matter. Never throws: what is wrong is in `problems`. */
export function parseFile(file: string, given: string): Parsed {
	const text = given.replace(/^\uFEFF/, ''); // some editors put a byte order mark before it
	if (text.length > maximumLength)
		return unreadable(file, `${text.length} characters; expected at most ${maximumLength}`);
	if (!file.endsWith('.md')) return parseYaml(file, text, 0, '', 1);
	const match = frontMatter.exec(text);
	if (!match && /^---[ \t]*\r?\n/.test(text))
		return unreadable(file, 'its front matter is not closed; expected a line of --- below it');
	if (!match) return parseYaml(file, '', 0, text, 1);
	const lines = match[0].split('\n').length - 1;
	return parseYaml(file, match[1] ?? '', 1, text.slice(match[0].length), lines + 1);
}

function unreadable(file: string, message: string): Parsed {
	return {
		file,
		data: undefined,
		body: '',
		bodyLine: 1,
		placeOf: () => ({ line: 1, column: 1 }),
		problems: [{ file, line: 1, field: '', message }]
	};
}

function parseYaml(
	file: string,
	yaml: string,
	linesBefore: number,
	body: string,
	bodyLine: number
): Parsed {
	const counter = new LineCounter();
	const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false });
	const placeAt = (offset: number): Place => {
		const { line, col } = counter.linePos(offset);
		return { line: line + linesBefore, column: col };
	};
	const problems: Problem[] = document.errors.map((error) => ({
		file,
		...placeAt(error.pos[0]),
		field: '',
		message: `not valid YAML: ${error.message}`
	}));
	let data: unknown;
	try {
		if (problems.length === 0) data = document.toJS({ maxAliasCount: 100 }) ?? {};
	} catch (error) {
		problems.push({ file, line: 1 + linesBefore, field: '', message: String(error) });
	}
	return {
		file,
		data,
		body,
		bodyLine,
		problems,
		placeOf: (path) => placeAt(offsetOf(document, path))
	};
}

function offsetOf(document: Document, path: (string | number)[]): number {
	let node: unknown = document.contents;
	let offset = 0;
	for (const step of path) {
		if (isMap(node)) {
			const pair = node.items.find(
				(item) => String((item.key as { value?: unknown })?.value ?? item.key) === String(step)
			);
			if (!pair) break;
			offset = (pair.key as { range?: [number, number, number] }).range?.[0] ?? offset;
			node = pair.value;
		} else if (isSeq(node)) {
			const item = node.items[Number(step)];
			if (!item) break;
			offset = (item as { range?: [number, number, number] }).range?.[0] ?? offset;
			node = item;
		} else break;
	}
	return offset;
}
