import { plainText, slugOf } from '../markdown';
import { headingsOf, itemsOf, paragraphsOf, type Line } from './outline';
import type { Argument, RecordOption, Tone } from './record';

/** Lines below a heading, up to the next one that is not deeper. */
export interface Part {
	depth: number;
	title: string;
	/** Positions among the lines that were looked at. */
	from: number;
	to: number;
	lines: Line[];
}

/** Every heading's part, the parts inside others too. */
export function partsOf(lines: Line[]): Part[] {
	/** Where the next heading is that is not deeper than the position in this list, seen from the end. */
	const next = Array.from({ length: 7 }, () => lines.length);
	return headingsOf(lines)
		.reverse()
		.map(({ depth, title, at, end }) => {
			const to = next[depth] ?? lines.length;
			next.fill(at, depth);
			return { depth, title, from: end, to, lines: lines.slice(end, to) };
		})
		.reverse();
}

/** The lines of a part that stand before its first heading. */
function ownLines(lines: Line[]): Line[] {
	return lines.slice(0, headingsOf(lines)[0]?.at);
}

const said =
	/^[*_]{0,2}(good|neutral|bad|pro|con)[*_]{0,2}\s*[,:]\s*(?:(?:because|as|since)\b,?\s*)?/i;
const tones: Record<string, Tone> = {
	good: 'good',
	pro: 'good',
	neutral: 'neutral',
	bad: 'bad',
	con: 'bad'
};

function argumentOf(item: string, otherwise: Tone): Argument {
	const word = said.exec(item);
	const tone = tones[word?.[1]?.toLowerCase() ?? ''];
	return tone && word
		? { tone, text: item.slice(word[0].length) || item }
		: { tone: otherwise, text: item };
}

/** The tone that a heading gives to what is below it. */
function toneOf(title: string): Tone | undefined {
	if (/\b(?:positive|pros?|advantages|benefits|good)\b/i.test(title) && !/\bcons\b/i.test(title))
		return 'good';
	if (/\b(?:negative|cons?|disadvantages|drawbacks|bad)\b/i.test(title)) return 'bad';
	return undefined;
}

/** Arguments of a part: its own items, and those below headings such as "Pros" and "Cons". */
function argumentsOf(lines: Line[]): Argument[] {
	const own = itemsOf(ownLines(lines)).map((item) => argumentOf(item, 'neutral'));
	const below = partsOf(lines).flatMap((part) =>
		itemsOf(ownLines(part.lines)).map((item) => argumentOf(item, toneOf(part.title) ?? 'neutral'))
	);
	return [...own, ...below];
}

/** What follows from a decision: items, or paragraphs where there are none. */
export function consequencesOf(parts: Part[]): Argument[] {
	let end = 0;
	const outer = parts.filter(({ title, from, to }) => {
		if (from < end || !/\bconsequences\b/i.test(title)) return false;
		end = to;
		return true;
	});
	return outer.flatMap(({ title, lines }) => {
		const tone = toneOf(title) ?? 'neutral';
		const found = argumentsOf(lines).map((one) =>
			one.tone === 'neutral' ? { ...one, tone } : one
		);
		if (found.length > 0) return found;
		return paragraphsOf(lines).map((text) => argumentOf(text, tone));
	});
}

/** Name of an option from an item of a list: its bold beginning where it has one, else its first line. */
function nameOf(item: string): string {
	const bold = /^\*\*([^*\n]{1,300})\*\*/.exec(item)?.[1];
	const name = plainText(bold ?? item.split('\n')[0] ?? '').replace(/[\s.:]+$/, '');
	return name || item;
}

/** Without "Option 1:" and the like, as a slug, to find an option again where it is named another time. */
function keyOf(name: string): string {
	const bare = name.replace(
		/^\W{0,3}(?:(?:option|alternative)\s+)?(?:\d{1,2}|[a-z])\s{0,2}[.:)–-]+\s+/i,
		''
	);
	return slugOf(plainText(bare));
}

/** More are no options that anybody weighed, and looking each up would take too long. */
const mostOptions = 100;

/** The considered options with what speaks for and against them, and which of them was chosen. */
export function optionsOf(parts: Part[]): RecordOption[] {
	const options: RecordOption[] = [];
	const add = (name: string) => {
		const option = { name: plainText(name), chosen: false, arguments: [] };
		if (options.length < mostOptions) options.push(option);
		return option;
	};
	const considered = parts.find(({ title }) => listTitle.test(title));
	const items = considered ? itemsOf(ownLines(considered.lines)).slice(0, mostOptions) : [];
	for (const item of items) add(nameOf(item));
	for (const part of [considered, parts.find(({ title }) => /^pros and cons\b/i.test(title))])
		for (const { depth, title, lines } of part ? partsOf(part.lines) : []) {
			if (depth !== (part?.depth ?? 0) + 1 || !title || /\bconsequences\b/i.test(title)) continue;
			// Below a list of options stands what they have in common too; that is no option.
			const isOption = part !== considered || items.length === 0 || /^option\b/i.test(title);
			const option = find(options, title) ?? (isOption ? add(title) : undefined);
			option?.arguments.push(...argumentsOf(lines));
		}
	const chosen = chosenIn(parts);
	if (chosen) (find(options, chosen) ?? add(chosen)).chosen = true;
	return options;
}

const listTitle =
	/^(?:considered (?:options|alternatives)|(?:options|alternatives) considered|options)\b/i;

/** An option by its name, by a name that begins the same, or by its number as in "Option 2". */
function find(options: RecordOption[], name: string): RecordOption | undefined {
	const key = keyOf(name);
	const same = options.find((option) => keyOf(option.name) === key);
	if (same) return same;
	const label = /^option ([a-z\d]{1,2})\b/i;
	const number = label.exec(name)?.[1] ?? /^(\d{1,2})$/.exec(name)?.[1];
	const numbered = options.find((option) => number && label.exec(option.name)?.[1] === number);
	if (numbered) return numbered;
	if (/^\d{1,2}$/.test(number ?? '') && /^(?:option )?\d{1,2}$/i.test(name))
		return options[Number(number) - 1];
	if (key.length < 3) return undefined;
	const common = ({ name: other }: RecordOption) => {
		const otherKey = keyOf(other);
		const begins = otherKey.startsWith(`${key}-`) || key.startsWith(`${otherKey}-`);
		return begins ? Math.min(key.length, otherKey.length) : 0;
	};
	const [nearest] = options.filter(common).sort((a, b) => common(b) - common(a));
	return nearest;
}

const chose = /\b(?:chosen|selected) (?:option|alternative)s?\**[ \t]*(?:is|:)\**[ \t]*(.{1,400})/i;

function chosenIn(parts: Part[]): string | undefined {
	const outcome = parts.find(({ title }) => /^decision\b(?! drivers)/i.test(title));
	const text = outcome && paragraphsOf(ownLines(outcome.lines)).join(' ').replaceAll('\n', ' ');
	const named = chose.exec(text ?? '')?.[1]?.trim();
	if (!named) return undefined;
	const quoted =
		/^\**(?:"([^"]+)"|“([^”]+)”|'([^']+)'(?!\w)|`([^`]+)`|\[([^[\]]+)\])|^\*\*([^*]+)\*\*/.exec(
			named
		);
	const name = quoted?.slice(1).find((one) => one !== undefined);
	const plain = name ?? named.split(/,? (?:because|since|as)\b|[.;](?:\s|$)|,/)[0] ?? '';
	return plainText(plain).replace(/^["'“*\s-]+|["'”*.\s]+$/g, '') || undefined;
}
