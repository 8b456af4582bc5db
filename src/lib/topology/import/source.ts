import {
	Composer,
	CST,
	isAlias,
	isMap,
	isNode,
	isScalar,
	isSeq,
	LineCounter,
	Parser,
	type Document,
	type Node,
	type Pair,
	type YAMLMap
} from 'yaml';
import type { ImportNote } from './imported';

/** Where something stands in the text; from 1. */
export interface Place {
	line: number;
	column: number;
}

/** One YAML document as plain data, with the way back to the text. */
export interface YamlSource {
	data: unknown;
	/** Of the node, or of the nearest one above it that is written there: an alias or `<<` counts as its use. */
	placeOf(path: (string | number)[]): Place;
}

export const maximumCharacters = 1_000_000;
export const maximumDocuments = 5000;
/** Each use of an anchor counts, times the uses within it; a bomb has millions. */
const maximumAliases = 10_000;
const maximumProblems = 20;
const maximumDepth = 200;
const deeplyNested = `it is nested deeper than ${maximumDepth} levels`;

/** Reads one or more YAML (or JSON) documents. Never throws: what is wrong is in `problems`. */
export function readDocuments(
	text: string
): { documents: YamlSource[] } | { problems: ImportNote[] } {
	const refused = refusal(text);
	if (refused) return { problems: [refused] };
	const counter = new LineCounter();
	try {
		const tokens = [...new Parser(counter.addNewLine).parse(text)];
		const deep = tooDeep(tokens);
		if (deep !== undefined)
			return { problems: [{ ...placeIn(counter, deep), message: deeplyNested }] };
		// Whether keys are unique is looked at below: the library compares each with each.
		const composer = new Composer({ uniqueKeys: false, merge: true, logLevel: 'error' });
		const documents: Document[] = [...composer.compose(tokens)];
		const problems = documents.flatMap((document) => [
			...syntaxProblems(document, counter),
			...walk(document, counter)
		]);
		if (problems.length > 0) return { problems: withTemplates(text, problems) };
		return { documents: documents.map((document) => sourceOf(document, counter)) };
	} catch (error) {
		return { problems: [unreadable(error)] };
	}
}

/**
 * Offset of the first token that lies too deep. Composing recurses: where the stack runs out within a regular
 * expression, the engine ends the whole process instead of throwing.
 */
function tooDeep(tokens: CST.Token[]): number | undefined {
	const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
	for (let top = open.pop(); top; top = open.pop()) {
		const { token, depth } = top;
		if (depth > maximumDepth) return token.offset;
		const below: (CST.Token | null | undefined)[] =
			token.type === 'document'
				? [token.value]
				: 'items' in token
					? token.items.flatMap(({ key, value }) => [key, value])
					: [];
		for (const next of below) if (next) open.push({ token: next, depth: depth + 1 });
	}
	return undefined;
}

function unreadable(error: unknown): ImportNote {
	const cause = error instanceof Error ? error.message : String(error);
	if (error instanceof RangeError) return { line: 1, column: 1, message: deeplyNested };
	if (/alias count/i.test(cause))
		return {
			line: 1,
			column: 1,
			message: `aliases stand for more than ${maximumAliases} copies; expected a file written by hand`
		};
	return { line: 1, column: 1, message: `not valid YAML: ${cause}` };
}

function refusal(text: string): ImportNote | undefined {
	if (text.length > maximumCharacters)
		return {
			line: 1,
			column: 1,
			message: `${text.length} characters; at most ${maximumCharacters} are read`
		};
	// eslint-disable-next-line no-control-regex -- they are what is looked for
	const binary = text.search(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffe\uffff]/);
	if (binary >= 0)
		return { ...placeAt(text, binary), message: 'this is binary data; expected a text file' };
	let documents = 1;
	for (const match of text.matchAll(/^---(?=\s|$)/gm))
		if (++documents > maximumDocuments + 1)
			return {
				...placeAt(text, match.index),
				message: `more than ${maximumDocuments} documents; at most that many are read`
			};
	return undefined;
}

/** The place of an offset, without a line counter. */
function placeAt(text: string, offset: number): Place {
	const before = text.slice(0, offset);
	return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function syntaxProblems(document: Document, counter: LineCounter): ImportNote[] {
	return document.errors.slice(0, maximumProblems).map((error) => {
		const place = placeIn(counter, error.pos[0]);
		const message =
			error.code === 'TAB_AS_INDENT'
				? `line ${place.line} has a tab where YAML wants spaces`
				: `not valid YAML: ${error.message}`;
		return { ...place, message };
	});
}

/** Looks at all mappings: keys that are there twice, templates that were not rendered; carries out `!reset`. */
function walk(document: Document, counter: LineCounter): ImportNote[] {
	const problems: ImportNote[] = [];
	const open: unknown[] = [document.contents];
	while (open.length > 0 && problems.length < maximumProblems) {
		const node = open.pop();
		if (isSeq(node)) for (const item of [...node.items].reverse()) open.push(item);
		if (!isMap(node)) continue;
		const lines = new Map<string, number>();
		for (const pair of node.items) {
			const place = placeIn(counter, startOf(pair.key));
			if (isMap(pair.key) && startOf(pair.key) === startOf(node) + 1)
				problems.push({ ...place, message: templateMessage(place.line) });
			const key = nameOf(pair);
			const first = lines.get(key);
			if (first !== undefined && key !== '<<')
				problems.push({ ...place, message: `${key} is there twice, first in line ${first}` });
			else lines.set(key, place.line);
			if (isNode(pair.value) && pair.value.tag === '!reset') pair.value = null;
		}
		for (let index = node.items.length - 1; index >= 0; index--)
			open.push(node.items[index]?.value);
	}
	return problems;
}

/** A template that was not rendered is seldom YAML: the first is named instead of what follows from it. */
function withTemplates(text: string, problems: ImportNote[]): ImportNote[] {
	const template = text.indexOf('{{');
	if (template < 0 || problems.some(({ message }) => message.includes('is there twice')))
		return problems.slice(0, maximumProblems);
	const place = placeAt(text, template);
	return [{ ...place, message: templateMessage(place.line) }];
}

export function templateMessage(line: number): string {
	return `line ${line} has a template, {{ … }}; render it first, as with helm template, and paste the result`;
}

function sourceOf(document: Document, counter: LineCounter): YamlSource {
	const indexes = new WeakMap<YAMLMap, Map<string, Pair>>();
	return {
		data: document.toJS({ maxAliasCount: maximumAliases }) as unknown,
		placeOf: (path) => placeIn(counter, offsetOf(document, path, indexes))
	};
}

function offsetOf(
	document: Document,
	path: (string | number)[],
	indexes: WeakMap<YAMLMap, Map<string, Pair>>
): number {
	let node: unknown = document.contents;
	let offset = startOf(node);
	for (const step of path) {
		if (isMap(node)) {
			const index = indexes.get(node) ?? new Map(node.items.map((pair) => [nameOf(pair), pair]));
			indexes.set(node, index);
			const pair = index.get(String(step));
			if (!pair) return index.has('<<') ? startOf(index.get('<<')?.key) : offset;
			offset = startOf(pair.key);
			node = pair.value;
		} else if (isSeq(node)) {
			const item: unknown = node.items[Number(step)];
			if (item === undefined) return offset;
			offset = startOf(item);
			node = item;
		} else return offset;
	}
	return offset;
}

function startOf(node: unknown): number {
	return (isNode(node) ? (node as Node).range?.[0] : undefined) ?? 0;
}

function nameOf({ key }: Pair): string {
	// A merge key's value is a symbol.
	if (isScalar(key))
		return typeof key.value === 'symbol' ? (key.value.description ?? '') : String(key.value);
	return isAlias(key) ? `*${key.source}` : isNode(key) ? `?${startOf(key)}` : String(key);
}

function placeIn(counter: LineCounter, offset: number): Place {
	const { line, col } = counter.linePos(offset);
	return { line: Math.max(1, line), column: Math.max(1, col) };
}
