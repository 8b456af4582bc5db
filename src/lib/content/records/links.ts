/** Longer is prose, and no line that states a status or a link. */
const longestLine = 1000;

const numbered = /^(?:m?adr[-_ .]?)?0*(\d{1,6})(?=[-_. ]|$)/i;

/** Number that a file's name begins with: `0004-other.md`, `adr-004.md`; none where the name begins with a date. */
export function numberOfFile(path: string): number | undefined {
	const name = path.split(/[/\\]/).at(-1) ?? '';
	if (/^\d{4}-\d{2}-\d{2}/.test(name)) return undefined;
	const number = numbered.exec(name)?.[1];
	return number === undefined ? undefined : Number(number);
}

/** Number that is meant by an address, or by the text of a link to it. */
function numberOfLink(text: string, address: string): number | undefined {
	const path = address.split(/[#?]/)[0] ?? '';
	const elsewhere = /^[a-z][a-z0-9+.-]*:/i.test(address) && !path.endsWith('.md');
	const number = elsewhere ? undefined : numberOfFile(path);
	return number ?? numberOfText(text);
}

/** Number in `ADR-0012`, `4. Another` or `#7`. */
export function numberOfText(text: string): number | undefined {
	const [, marked, plain] =
		/\bm?adr[-_ #]{0,2}0*(\d{1,6})(?!\d)|^\W{0,3}0*(\d{1,6})(?=[.):\s\]]|$)/i.exec(text.trim()) ??
		[];
	const number = marked ?? plain;
	return number === undefined ? undefined : Number(number);
}

const verbs =
	/(?:^|[\s,;:(])((?:(?:partially|partly|fully)\s+)?(?:(?:super[cs]e+ded|replaced|amended|clarified|refined|extended|updated|required|enabled)\s+by|supersedes|supercedes|replaces|amends|clarifies|refines|extends|updates|requires|enables|depends\s+on|depended\s+on\s+by|relates\s+to|related\s+to|conflicts\s+with|links\s+to))\s*:?\s*$/i;
/** What may stand between two records of one list. */
const joint = /^[\s,;&+]*(?:and|und|or)?[\s,;]*$/i;
const target =
	/\[([^[\]]{0,300})\]\(([^()\s]{0,500})[^()]{0,300}\)|\bM?ADR[-_ #]{0,2}\d{1,6}\b|\b\d{1,6}-[\w-]{1,200}\.md\b|#?\b\d{1,6}\b(?=\s*(?:$|[,;.)]|and\b))/gi;

export interface StatedLink {
	kind: string;
	target: number;
}

/** The links that a line of text states, such as `Superseded by [4. Other](0004-other.md) and ADR-0005`. */
export function linksIn(line: string): StatedLink[] {
	return stated(line).links;
}

/** Whether a line says nothing but links: a kind and records, and no more. */
export function isLinks(line: string): boolean {
	const { links, rest } = stated(line);
	return links.length > 0 && rest;
}

function stated(line: string): { links: StatedLink[]; rest: boolean } {
	const links: StatedLink[] = [];
	if (line.length > longestLine) return { links, rest: false };
	const text = line.replace(/\b\d{4}-\d{2}-\d{2}\b(?![-\w])/g, ' ');
	let kind: string | undefined;
	let end = 0;
	let rest = true;
	for (const match of text.matchAll(target)) {
		const gap = text.slice(end, match.index);
		const joined = joint.test(gap);
		const verb = verbs.exec(gap) ?? (joined ? null : loose(gap, match[1]));
		if (verb) kind = verb[1];
		else if (!joined) kind = undefined;
		const number =
			match[2] === undefined
				? (numberOfText(match[0]) ?? numberOfFile(match[0]))
				: numberOfLink(match[1] ?? '', match[2]);
		const before = verb ? gap.slice(0, verb.index) : kind ? '' : gap;
		rest &&= /^[\s*_>+-]*$/.test(before) && kind !== undefined && number !== undefined;
		if (kind && number !== undefined) links.push({ kind: kindOf(kind), target: number });
		end = (match.index ?? 0) + match[0].length;
	}
	return { links, rest: rest && /^[\s*_.,;]*$/.test(text.slice(end)) };
}

/** adr-tools writes any words as a kind before a link: `Clears up [2. Other](0002-other.md)`. */
function loose(gap: string, label: string | undefined): RegExpExecArray | null {
	const words = /^[\s*_>+-]*([a-z][a-z -]{0,40}[a-z])\s*$/i.exec(gap);
	const status = /^(?:accepted|approved|proposed|rejected|deprecated|draft|implemented|see)\b/i;
	return label === undefined || status.test(words?.[1] ?? '') ? null : words;
}

/** A kind's one spelling: lower case, blanks, `superseded`. */
export function kindOf(written: string): string {
	return written
		.trim()
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.replace(/[\s_-]+/g, ' ')
		.replace(/super[cs]e+d(ed|es)\b/, 'supersed$1');
}

/** Whether a kind is one of the usual ones, and not just any words before a link. */
export function isKnownKind(kind: string): boolean {
	return verbs.test(kind);
}
