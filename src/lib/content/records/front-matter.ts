import { problemAt } from '../validate';
import type { Parsed } from '../parse';
import type { Problem } from '../problems';
import { kindOf, numberOfFile, numberOfText } from './links';
import { isPlaceholder } from './metadata';
import type { RecordLink } from './record';

/** Keys that name a kind of link themselves, as in `supersedes: [3]`. */
const kindKeys =
	/^(?:super[cs]e+d(?:ed|es)|replace[ds]|amend(?:ed|s)|refine[ds]|depends|relates|related|conflicts)(?:[-_ ](?:by|on|to|with))?$/i;

/** Those that MADR's template has; others may hold what they like. */
const templateFields = /^(?:status|date|title|decision-makers|deciders|consulted|informed)$/i;

/**
 * Fields that the template's text still stands in, by the text itself: `date: {YYYY-MM-DD when …}` is a map to YAML,
 * and others of these are no YAML at all.
 */
export function placeholdersIn(text: string, bodyLine: number): { line: number; field: string }[] {
	if (bodyLine < 2) return [];
	return text.split(/\r?\n/, bodyLine - 1).flatMap((line, index) => {
		const [, field, value] = /^([A-Za-z][\w -]{0,40}?)[ \t]*:[ \t]+(.*)$/.exec(line) ?? [];
		if (!field || !templateFields.test(field)) return [];
		const bare = value?.replace(/[ \t]#.{0,500}$/, '').trim() ?? '';
		// A list or a map of YAML's own is none: it has commas between values, or keys with theirs behind a colon.
		const ours = /^\[/.test(bare) || /^\{[^}]*:\s/.test(bare);
		return !ours && isPlaceholder(bare) ? [{ line: index + 1, field }] : [];
	});
}

/** The links of `links: [{ kind, target, description }]`, and of keys such as `supersedes: 3`. */
export function frontMatterLinks(
	parsed: Parsed,
	data: Record<string, unknown>
): { links: RecordLink[]; problems: Problem[] } {
	const links: RecordLink[] = [];
	const problems: Problem[] = [];
	const listed = data['links'] ?? [];
	if (!Array.isArray(listed))
		problems.push(problemAt(parsed, ['links'], 'is no list; expected one of kind and target each'));
	else
		listed.forEach((entry: unknown, index) => {
			const link = linkOf(entry);
			const path = ['links', index];
			if (link) links.push({ ...link, line: parsed.placeOf(path).line });
			else
				problems.push(
					problemAt(
						parsed,
						path,
						'is no link; expected a kind and the number of a record as target'
					)
				);
		});
	for (const [key, value] of Object.entries(data)) {
		if (!kindKeys.test(key) || key === 'related') continue;
		for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
			const target = numberOf(one);
			if (target !== undefined)
				links.push({ kind: kindOf(key), target, line: parsed.placeOf([key]).line });
		}
	}
	return { links, problems };
}

function linkOf(entry: unknown): Omit<RecordLink, 'line'> | undefined {
	if (typeof entry !== 'object' || entry === null) return undefined;
	const { kind, target, description } = entry as Record<string, unknown>;
	const number = numberOf(target);
	if (typeof kind !== 'string' || !kind.trim() || number === undefined) return undefined;
	return {
		kind: kindOf(kind),
		target: number,
		...(typeof description === 'string' && description ? { description } : {})
	};
}

/** `3`, `"ADR-0003"` and `0003-other.md` as a number. */
export function numberOf(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? value : undefined;
	if (typeof value !== 'string' || value.length > 300) return undefined;
	return numberOfFile(value) ?? numberOfText(value);
}
