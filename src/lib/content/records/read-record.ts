import { slugOf } from '../markdown';
import { parseFile, type Parsed } from '../parse';
import type { Problem } from '../problems';
import { problemAt } from '../validate';
import { consequencesOf, optionsOf, partsOf } from './arguments';
import { frontMatterLinks, numberOf, placeholdersIn } from './front-matter';
import { bodyOf, layoutOf, type Layout } from './layout';
import { numberOfFile } from './links';
import { fieldOf, isPlaceholder, readDate, readList, type Field } from './metadata';
import { UniqueIds } from './outline';
import { statusOf, type FoundStatus } from './record-status';
import type { ReadRecord, RecordLink, RecordStatus } from './record';

export type { ReadRecord } from './record';

type FrontMatter = Record<string, unknown>;

const notFilledIn = 'is still what the template says; expected it to be filled in, or left out';

/**
 * Reads a decision record in any of the usual forms: MADR 2 to 4, Nygard's and adr-tools', with front matter or
 * without. Never throws: a file that is no finished record comes back as what is wrong with it.
 */
export function readRecord(
	file: string,
	text: string
): { record: ReadRecord } | { problems: Problem[] } {
	const markdown = text.replace(/^\uFEFF/, '');
	const parsed = { ...parseFile(file.endsWith('.md') ? file : `${file}.md`, markdown), file };
	const unfilled = placeholdersIn(markdown, parsed.bodyLine).map((place) => ({
		file,
		...place,
		message: notFilledIn
	}));
	if (unfilled.length > 0) return { problems: unfilled };
	if (parsed.problems.length > 0)
		return { problems: parsed.problems.map((problem) => ({ ...problem, file })) };
	const frontMatter = isFrontMatter(parsed.data) ? parsed.data : {};
	const layout = layoutOf(parsed, frontMatter);
	const found = statusOf(parsed, frontMatter, layout);
	const stated = frontMatterLinks(parsed, frontMatter);
	const problems = [...stated.problems, ...titleProblems(parsed, layout)];
	problems.push(...fieldProblems(parsed, frontMatter, layout, found));
	// MADR leaves the status to whoever writes: a record without one is not decided as far as one can tell.
	const { status = 'proposed', wrong } = found;
	if (!found.status && wrong && !problems.some(({ field }) => field === 'status'))
		problems.push({ file, field: 'status', ...wrong });
	if (problems.length > 0) return { problems };
	return { record: recordOf(file, frontMatter, layout, { ...found, status }, stated.links) };
}

function isFrontMatter(data: unknown): data is FrontMatter {
	return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function titleProblems({ file, bodyLine }: Parsed, { title, titleLine }: Layout): Problem[] {
	if (!title) {
		const message = 'is missing; expected a first heading such as "# Use a queue"';
		return [{ file, line: bodyLine, field: 'title', message }];
	}
	const unfilled = isPlaceholder(title) || /^(?:NUMBER\. )?TITLE$/.test(title);
	return unfilled ? [{ file, line: titleLine, field: 'title', message: notFilledIn }] : [];
}

function fieldProblems(
	parsed: Parsed,
	frontMatter: FrontMatter,
	{ fields }: Layout,
	found: FoundStatus
): Problem[] {
	const { file } = parsed;
	const unfilled = [...fields, ...found.fields].filter(({ value }) => isPlaceholder(value));
	const problems: Problem[] = unfilled.map(({ field, line }) => ({
		file,
		line,
		field,
		message: notFilledIn
	}));
	const date = frontMatter['date'];
	const empty = date === undefined || date === null || date === '';
	if (!empty && readDate(date) === undefined)
		problems.push(
			problemAt(parsed, ['date'], 'is not a date; expected 2025, 2025-03 or 2025-03-02')
		);
	return problems;
}

function recordOf(
	file: string,
	frontMatter: FrontMatter,
	layout: Layout,
	found: FoundStatus & { status: RecordStatus },
	links: RecordLink[]
): ReadRecord {
	const number = numberOfFile(file) ?? numberOf(frontMatter['number']) ?? layout.number;
	const fields = [...layout.fields, ...found.fields];
	const list = (wanted: Field) => [
		...new Set([
			...Object.entries(frontMatter)
				.filter(([name]) => fieldOf(name) === wanted)
				.flatMap(([, value]) => readList(value)),
			...fields
				.filter(({ field }) => field === wanted)
				.flatMap(({ value }) => (isPlaceholder(value) ? [] : readList(value)))
		])
	];
	const date = [
		frontMatter['date'],
		...fields.filter(({ field }) => field === 'date').map(({ value }) => value),
		...layout.sections.filter(({ title }) => fieldOf(title) === 'date').map(bodyOf)
	]
		.map(readDate)
		.find((one) => one !== undefined);
	const parts = partsOf(layout.lines);
	const ids = new UniqueIds();
	return {
		...(number === undefined ? {} : { number }),
		slug: slugOfFile(file, layout.title),
		title: layout.title,
		status: found.status,
		statusAsWritten: found.written,
		...(date === undefined ? {} : { date }),
		deciders: list('deciders'),
		consulted: list('consulted'),
		informed: list('informed'),
		tags: list('tags'),
		links: uniqueLinks([...links, ...found.links]),
		options: optionsOf(parts),
		consequences: consequencesOf(parts),
		sections: layout.sections
			.filter((section) => section !== found.section)
			.map((section) => ({
				id: ids.take(slugOf(section.title)),
				title: section.title,
				body: bodyOf(section),
				line: section.line
			})),
		frontMatter,
		form: formOf(parts.map(({ title }) => title))
	};
}

function slugOfFile(file: string, title: string): string {
	const name = (file.split(/[/\\]/).at(-1) ?? '').replace(/\.(?:md|markdown)$/i, '');
	const rest =
		numberOfFile(name) === undefined ? name : name.replace(/^(?:m?adr[-_ .]?)?\d+[-_. ]*/i, '');
	return slugOf(rest || title);
}

function uniqueLinks(links: RecordLink[]): RecordLink[] {
	const known = new Map<string, RecordLink>();
	for (const link of links) {
		const key = `${link.kind} ${link.target}`;
		if (!known.has(key)) known.set(key, link);
	}
	return [...known.values()];
}

const madr =
	/^(?:context and problem statement|considered options|decision (?:outcome|drivers))\b/i;
const nygard = /^(?:status|context|decision|consequences)$/i;

function formOf(titles: string[]): ReadRecord['form'] {
	if (titles.some((title) => madr.test(title))) return 'madr';
	const found = new Set(
		titles.filter((title) => nygard.test(title)).map((title) => title.toLowerCase())
	);
	return found.size >= 3 ? 'nygard' : 'other';
}
