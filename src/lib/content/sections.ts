import { renderMarkdown, slugOf, type RenderOptions } from './markdown';
import { headingsOf, linesOf, textOf, UniqueIds } from './records/outline';
import type { Prose } from './site';

/**
 * A record's body by its second-level headings; what stands before the first one is a section titled "Summary". Ids are
 * unique across all sections and the headings in them.
 */
export function splitSections(
	body: string,
	base: string,
	options: RenderOptions = {}
): { id: string; title: string; body: Prose }[] {
	const lines = linesOf(body);
	const headings = headingsOf(lines).filter(({ depth }) => depth === 2);
	const before = textOf(lines.slice(0, headings[0]?.at)).trim();
	const ids = options.ids ?? new UniqueIds();
	const parts = [
		...(before ? [{ title: 'Summary', markdown: before }] : []),
		...headings.map(({ title, end }, index) => ({
			title,
			markdown: textOf(lines.slice(end, headings[index + 1]?.at)).trim()
		}))
	];
	// All sections first: a section's own address does not change with the headings in the one before.
	return parts
		.map((part) => ({ ...part, id: ids.take(slugOf(part.title)) }))
		.map(({ id, title, markdown }) => ({
			id,
			title,
			body: renderMarkdown(markdown, base, { ...options, ids })
		}));
}
