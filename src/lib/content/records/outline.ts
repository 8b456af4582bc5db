/** A line of a file, its number from 1, and whether it is code, a comment or raw HTML, where no heading can be. */
export interface Line {
	text: string;
	number: number;
	verbatim: boolean;
}

export interface Heading {
	depth: number;
	/** Markdown of the heading, without its marks. */
	title: string;
	/** Position in the list of lines. */
	at: number;
	/** Position of the first line after the heading; a heading that is underlined has two lines. */
	end: number;
}

const fence = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/;
const rawBlock = /^ {0,3}<(script|pre|style|textarea)(?=[\s>]|$)/i;
const atx = /^ {0,3}(#{1,6})(?:[ \t]|$)/;
/** What cannot be the text of a heading that is underlined: lists, quotes, tables, code, headings. */
const noParagraph =
	/^(?: {4}|\t| {0,3}(?:[*+-][ \t]|\d{1,9}[.)][ \t]|>|\||#{1,6}[ \t]|[-=*_ \t]*$))/;

/** The lines of a Markdown text, with those marked that stand in fenced code, comments or raw HTML. */
export function linesOf(text: string, firstNumber = 1): Line[] {
	let ends: ((line: string) => boolean) | undefined;
	return text.split(/\r\n|\n|\r/).map((line, index) => {
		const number = firstNumber + index;
		if (ends) {
			if (ends(line)) ends = undefined;
			return { text: line, number, verbatim: true };
		}
		const open = opening(line);
		if (open) ends = open.inLine ? undefined : open.ends;
		return { text: line, number, verbatim: open !== undefined };
	});
}

/** How a block that this line begins ends, and whether it does so in the same line. */
function opening(line: string): { ends: (line: string) => boolean; inLine: boolean } | undefined {
	const [, mark, rest = ''] = fence.exec(line) ?? [];
	if (mark && !(mark.startsWith('`') && rest.includes('`')))
		return { ends: (other) => closesFence(other, mark), inLine: false };
	if (/^ {0,3}<!--/.test(line)) {
		const after = line.slice(line.indexOf('<!--') + 4);
		return { ends: (other) => other.includes('-->'), inLine: after.includes('-->') };
	}
	const tag = rawBlock.exec(line)?.[1]?.toLowerCase();
	if (!tag) return undefined;
	const ends = (other: string) => other.toLowerCase().includes(`</${tag}>`);
	return { ends, inLine: ends(line) };
}

function closesFence(line: string, mark: string): boolean {
	const found = line.trim();
	const indent = line.length - line.trimStart().length;
	return indent < 4 && found.length >= mark.length && [...found].every((one) => one === mark[0]);
}

/** The headings of a Markdown text, those that are underlined too. */
export function headingsOf(lines: Line[]): Heading[] {
	return lines.flatMap(({ text, verbatim }, at): Heading[] => {
		if (verbatim) return [];
		const depth = atx.exec(text)?.[1]?.length;
		if (depth) return [{ depth, title: withoutMarks(text), at, end: at + 1 }];
		const underline = lines[at + 1];
		if (!underline || underline.verbatim || !text.trim()) return [];
		// "4. Title" above a double line is no list to those who write records.
		const numbered = at === 0 && underline.text.startsWith('=') && /^\d+\. /.test(text);
		if (!numbered && noParagraph.test(text)) return [];
		const before = lines[at - 1];
		const begins = !before || before.verbatim || !before.text.trim() || atx.test(before.text);
		const mark = /^ {0,3}(=+|-+)[ \t]*$/.exec(underline.text)?.[1];
		if (!begins || !mark) return [];
		return [{ depth: mark.startsWith('=') ? 1 : 2, title: text.trim(), at, end: at + 2 }];
	});
}

function withoutMarks(text: string): string {
	const title = text
		.replace(/<!--(?:(?!-->).){0,200}-->/g, '')
		.trim()
		.replace(/^#{1,6}/, '')
		.trim();
	const bare = title.replace(/(?<!#)#+$/, '');
	// "C#" keeps its mark: only marks that stand apart close a heading.
	return bare === '' || /[ \t]$/.test(bare) ? bare.trim() : title;
}

/** Text of lines without the blank ones around it. */
export function textOf(lines: Line[]): string {
	return lines
		.map(({ text }) => text)
		.join('\n')
		.replace(/^(?:[ \t]*\n)+/, '')
		.trimEnd();
}

const itemStart = /^([ \t]*)(?:[*+-]|\d{1,3}[.)])[ \t]+(\S.*)$/;

/** The top-level items of the lists among lines; what is nested in an item is part of its text. */
export function itemsOf(lines: Line[]): string[] {
	const items: string[][] = [];
	let base = 0;
	let open = false;
	for (const { text, verbatim } of lines) {
		const [, indent = '', content = ''] = (!verbatim && itemStart.exec(text)) || [];
		const current = items.at(-1);
		if (content && (!open || indent.length <= base + 1)) {
			items.push([content.trim()]);
			base = indent.length;
			open = true;
		} else if (open && current && text.trim() && (/^[ \t]/.test(text) || current.at(-1) !== '')) {
			if (current.at(-1) === '') current.pop();
			current.push(text.trim());
		} else if (open && current && !text.trim()) current.push('');
		else open = false;
	}
	return items.map((parts) => parts.join('\n').trim());
}

/** The paragraphs among lines; headings and code are none. */
export function paragraphsOf(lines: Line[]): string[] {
	const paragraphs: string[] = [];
	let open = false;
	for (const { text, verbatim } of lines) {
		const plain = !verbatim && text.trim() !== '' && !atx.test(text);
		if (plain && open) paragraphs.push(`${paragraphs.pop() ?? ''}\n${text.trim()}`);
		else if (plain) paragraphs.push(text.trim());
		open = plain;
	}
	return paragraphs;
}

/** Hands out ids, each once: what is taken gets a number behind it. */
export class UniqueIds {
	readonly #taken = new Set<string>();
	readonly #next = new Map<string, number>();

	take(wanted: string): string {
		let id = wanted;
		let count = this.#next.get(wanted) ?? 2;
		while (this.#taken.has(id)) id = `${wanted}-${count++}`;
		this.#next.set(wanted, count);
		this.#taken.add(id);
		return id;
	}
}
