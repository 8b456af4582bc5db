import type { Parsed } from '../parse';
import type { Layout, Section } from './layout';
import { isKnownKind, isLinks, linksIn } from './links';
import { readFields, type TextField } from './metadata';
import type { Line } from './outline';
import type { RecordLink, RecordStatus } from './record';
import { readStatusLines, type Statuses } from './status';

export interface FoundStatus {
	status?: RecordStatus;
	written: string;
	links: RecordLink[];
	/** Fields of its section: those that stand beside it, and the status itself where it is read there. */
	fields: TextField[];
	/** The section that says the status and nothing else. */
	section?: Section;
	/** Where something stands that is no status, and what is wrong with it; absent where there is nothing. */
	wrong?: { line: number; message: string };
}

/** More lines are text, and would take long to read. */
const mostLines = 200;
const expected = 'expected one such as accepted';

/**
 * The status of a record: the front matter's before that of a line such as `Status: accepted`, before that of a
 * section "Status". Links are taken from all of them, and from sections that list links.
 */
export function statusOf(
	parsed: Parsed,
	frontMatter: Record<string, unknown>,
	layout: Layout
): FoundStatus {
	const place = parsed.placeOf(['status']).line;
	const stated = frontMatter['status'];
	const first = readAt([{ text: typeof stated === 'string' ? stated : '', number: place }]);
	const second = readAt(
		layout.fields
			.filter(({ field }) => field === 'status')
			.map(({ value, line }) => ({ text: value, number: line }))
	);
	const section = layout.sections.find(({ title }) => statusTitle.test(title));
	const inside = section ? readSection(section) : undefined;
	const sources = [first, second, ...(inside ? [inside.found] : [])];
	const source = sources.find(({ status }) => status);
	return {
		...(source?.status ? { status: source.status } : {}),
		written: source?.written ?? '',
		links: [...sources.flatMap(({ at }) => at), ...listedLinks(layout)],
		fields: inside?.fields ?? [],
		...(section && inside?.pure && source === inside.found ? { section } : {}),
		...wrongIn(layout, stated, place, section)
	};
}

const statusTitle = /^(?:\d{1,2}\.\s*)?(?:(?:adr|current|decision) )?status$/i;

interface Found extends Statuses {
	at: RecordLink[];
}

function readAt(lines: { text: string; number: number }[]): Found {
	const statuses = readStatusLines(lines.map(({ text }) => text));
	const at = statuses.links.map(({ link, at: index }) => ({
		...link,
		line: lines[index]?.number ?? 1
	}));
	return { ...statuses, at };
}

function readSection({ lines }: Section): { found: Found; fields: TextField[]; pure: boolean } {
	const written = lines.filter(({ text }) => text.trim());
	const { found: all, left } = readFields(written.slice(0, mostLines));
	const fields = all.filter(({ field }) => field !== 'status');
	const statusLines = [
		...left.filter(({ verbatim }) => !verbatim),
		...all.filter(({ field }) => field === 'status').map(lineOf)
	].sort((a, b) => a.number - b.number);
	const found = readAt(statusLines);
	const pure =
		found.pure && fields.length === 0 && written.length <= mostLines && !written.some(isVerbatim);
	const line = statusLines[found.position ?? -1];
	if (line) fields.push({ field: 'status', value: found.written, line: line.number });
	return { found, fields, pure };
}

function lineOf({ value, line }: TextField): Line {
	return { text: value, number: line, verbatim: false };
}

function isVerbatim({ verbatim }: Line): boolean {
	return verbatim;
}

/** Links that stand alone in a line before the first section, or in a section such as "Links". */
function listedLinks({ sections }: Layout): RecordLink[] {
	return sections
		.filter(({ title }) => /^(?:summary|links|related|more information|references)\b/i.test(title))
		.flatMap(({ lines }) => lines)
		.filter(({ text, verbatim }) => !verbatim && isLinks(text))
		.flatMap(({ text, number }) => linksIn(text).map((link) => ({ ...link, line: number })))
		.filter(({ kind }) => isKnownKind(kind));
}

function wrongIn(
	{ fields }: Layout,
	stated: unknown,
	place: number,
	section: Section | undefined
): Pick<FoundStatus, 'wrong'> {
	const message = `says no status; ${expected}`;
	if (stated !== undefined && stated !== null) return { wrong: { line: place, message } };
	const field = fields.find(({ field: name }) => name === 'status');
	if (field) return { wrong: { line: field.line, message } };
	if (section)
		return {
			wrong: { line: section.line, message: `the section "Status" says none; ${expected}` }
		};
	return {};
}
