import { plainText } from '../markdown';
import type { Parsed } from '../parse';
import { readFields, type TextField } from './metadata';
import { headingsOf, linesOf, textOf, type Heading, type Line } from './outline';

export interface Section {
	title: string;
	line: number;
	lines: Line[];
}

/** A file in parts: its title, the fields that stand in its text, and its sections. */
export interface Layout {
	/** Empty where there is none. */
	title: string;
	titleLine: number;
	/** That the title begins with. */
	number?: number;
	fields: TextField[];
	sections: Section[];
	/** All of the body. */
	lines: Line[];
}

/** Takes a body apart by its headings of the first two levels; what stands before the first is a section "Summary". */
export function layoutOf(parsed: Parsed, frontMatter: Record<string, unknown>): Layout {
	const lines = linesOf(parsed.body, parsed.bodyLine);
	const headings = headingsOf(lines).filter(({ depth }) => depth <= 2);
	const stated = frontMatter['title'];
	const named = typeof stated === 'string' && stated.trim() !== '';
	const title = titleHeading(headings, named);
	const heads = headings.filter((heading) => heading !== title);
	const opening = lines.slice(0, heads[0]?.at);
	const { found, left } = readFields(
		title ? [...opening.slice(0, title.at), ...opening.slice(title.end)] : opening
	);
	const sections = heads.map(({ title: text, at, end }, index) => ({
		title: plainText(text),
		line: lines[at]?.number ?? 1,
		lines: lines.slice(end, heads[index + 1]?.at)
	}));
	const summary = left.find(({ text }) => text.trim());
	if (summary) sections.unshift({ title: 'Summary', line: summary.number, lines: left });
	return {
		...splitTitle(plainText(title?.title ?? (named ? stated : ''))),
		titleLine: lines[title?.at ?? 0]?.number ?? 1,
		fields: found,
		sections,
		lines
	};
}

/** The first heading, if it is a title; several of the first level are sections where the front matter has a title. */
function titleHeading(headings: Heading[], named: boolean): Heading | undefined {
	const first = headings[0];
	const tops = headings.filter(({ depth }) => depth === 1).length;
	return first?.depth === 1 && first.title && !(named && tops > 1) ? first : undefined;
}

/** `ADR-0004: Title`, `4. Title` and `[ADR 4] Title` as a number and a title. */
function splitTitle(text: string): { title: string; number?: number } {
	const [, marked, plain, rest] =
		/^(?:\[?M?ADR[-_ #]{0,2}(\d{1,6})\]?\s*[.:)–—-]?\s+|#?(\d{1,4})\s*[.:)–—-]\s+)(\S.*)$/i.exec(
			text
		) ?? [];
	const number = marked ?? plain;
	return number && rest ? { title: rest.trim(), number: Number(number) } : { title: text };
}

/** Text of a section without the blank lines around it. */
export function bodyOf({ lines }: Section): string {
	return textOf(lines);
}
