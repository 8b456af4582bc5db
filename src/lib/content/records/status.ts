import type { RecordStatus } from './record';
import { isLinks, linksIn, type StatedLink } from './links';

/** Words that a status begins with; what is none of them reads as proposed. */
const words: [RegExp, RecordStatus][] = [
	// What is superseded in part still holds.
	[/^(?:partially|partly) super[cs]e+ded\b/, 'accepted'],
	[/^(?:fully )?(?:super[cs]e+d(?:ed)?|replaced by)\b/, 'superseded'],
	[/^(?:accepted|accept|approved|adopted|decided|implemented)\b/, 'accepted'],
	[/^(?:rejected|declined|withdrawn|abandoned)\b/, 'rejected'],
	[/^(?:deprecated|obsolete|retired)\b/, 'deprecated'],
	[/^(?:proposed|proposal|draft)\b/, 'proposed']
];
/** Longer is text, and no line that states a status. */
const longestLine = 1000;
/** A status that is not known has at most so many words; more are a remark. */
const longestStatus = 4;

export interface StatusLine {
	status?: RecordStatus;
	/** The word is one of those that are known. */
	known: boolean;
	written: string;
	links: StatedLink[];
	/** The line says a status or links, and nothing that would be lost with it. */
	pure: boolean;
}

/** Reads `Accepted`, `✅ Accepted (2020-01-01)`, `"superseded by ADR-0123"`, `Amends [2. Other](0002-other.md)`. */
export function readStatusLine(line: string): StatusLine {
	if (line.length > longestLine) return { known: false, written: line, links: [], pure: false };
	const written = line
		.replace(/<!--(?:(?!-->).){0,500}-->/g, '')
		.trim()
		.replace(/^(?:[*+-]|\d{1,2}[.)])[ \t]+/, '')
		.replace(/^(["'])(.*)\1$/, '$2')
		.trim();
	const plain = plainStatus(written);
	const links = linksIn(plain.text);
	const replaced = links.some(({ kind }) => /^(?:fully )?(?:superseded|replaced) by$/.test(kind));
	const status = replaced ? 'superseded' : words.find(([word]) => word.test(plain.word))?.[1];
	if (status) {
		return {
			status,
			known: true,
			written,
			links,
			pure: isShort(plain.word) || isLinks(plain.text)
		};
	}
	if (links.length > 0) return { known: false, written, links, pure: isLinks(plain.text) };
	const unknown = plain.word !== '' && plain.word.split(' ').length <= longestStatus;
	if (unknown && !plain.struck)
		return { status: 'proposed', known: false, written, links, pure: isShort(plain.word) };
	return { known: false, written, links, pure: plain.word === '' && !plain.struck };
}

/** A line without marks, and its words in lower case without dates; what is struck out does not count. */
function plainStatus(written: string): { text: string; word: string; struck: boolean } {
	const struck = /~~[^~]{1,300}~~/.test(written);
	const text = written
		.replace(/~~[^~]{1,300}~~/g, '')
		.replace(/[*`]|(?<!\w)_|_(?!\w)/g, '')
		.replace(/!\[([^[\]]{0,200})\]\([^()\s]{0,500}\)/g, '$1')
		.trim();
	const word = text
		.toLowerCase()
		.replace(/\[([^[\]]{0,300})\]\([^()]{0,500}\)/g, '$1')
		.replace(/\(?\b\d{4}-\d{2}-\d{2}\b\)?/g, ' ')
		.replace(/^[^\p{Letter}\p{Number}]+/u, '')
		.replace(/^(?:current )?status\s*(?::|is\b)\s*/, '')
		.replace(/^[^\p{Letter}\p{Number}]+/u, '')
		.replace(/[\s.]+$/, '')
		.replace(/\s+/g, ' ');
	return { text, word, struck };
}

function isShort(word: string): boolean {
	return /^[\p{Letter}-]+(?: on)?$/u.test(word);
}

export interface Statuses {
	status?: RecordStatus;
	written: string;
	/** Which of the lines says it. */
	position?: number;
	links: { link: StatedLink; at: number }[];
	/** All lines were read; none has to be kept as text. */
	pure: boolean;
}

/** The status of several lines: the last one counts, but superseded wins over all. */
export function readStatusLines(lines: string[]): Statuses {
	const read = lines.map((line, at) => ({ ...readStatusLine(line), at }));
	const stated = read.filter(({ status }) => status);
	const known = stated.filter(({ known: isKnown }) => isKnown);
	const candidates = known.length > 0 ? known : stated.slice(0, 1);
	const chosen = candidates.find(({ status }) => status === 'superseded') ?? candidates.at(-1);
	return {
		...(chosen?.status ? { status: chosen.status, position: chosen.at } : {}),
		written: chosen?.written ?? '',
		links: read.flatMap(({ links, at }) => links.map((link) => ({ link, at }))),
		pure: read.every(({ pure, written }) => pure || written === '') && stated.length <= 1
	};
}
