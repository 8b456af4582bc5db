import { renderMarkdown, slugOf } from './markdown';
import type { Prose } from './site';

/** A record's body by its second-level headings; what stands before the first one is a section titled "Summary". */
export function splitSections(
	body: string,
	base: string
): { id: string; title: string; body: Prose }[] {
	const parts = body.split(/^##[ \t]+(.+)$/m);
	const before = parts[0]?.trim() ?? '';
	const sections = before ? [section('Summary', before, base)] : [];
	for (let index = 1; index < parts.length; index += 2)
		sections.push(section(parts[index]?.trim() ?? '', parts[index + 1]?.trim() ?? '', base));
	return sections;
}

function section(title: string, markdown: string, base: string) {
	return { id: slugOf(title), title, body: renderMarkdown(markdown, base) };
}
