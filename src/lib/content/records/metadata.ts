import type { Line } from './outline';

export type Field = 'status' | 'date' | 'deciders' | 'consulted' | 'informed' | 'tags';

/** A field that stands in the text: `* Status: accepted`, `Date: 2020-01-01`, `**Deciders:** a, b`. */
export interface TextField {
	field: Field;
	value: string;
	line: number;
}

const fields: Record<string, Field> = {
	status: 'status',
	date: 'date',
	'decision date': 'date',
	deciders: 'deciders',
	decider: 'deciders',
	'decision makers': 'deciders',
	'decision maker': 'deciders',
	consulted: 'consulted',
	informed: 'informed',
	tags: 'tags',
	tag: 'tags'
};
const bullet =
	/^[ \t]{0,3}(?:[*+-][ \t]+)?[*_]{0,3}([A-Za-z][A-Za-z -]{1,20})[*_]{0,3}[ \t]*:[ \t]*[*_]{0,3}(.*)$/;
const row = /^[ \t]{0,3}\|[ \t*_]*([A-Za-z][A-Za-z -]{1,20}?)[ \t*_:]*\|([^|]{1,500})\|?[ \t]*$/;

/** More is text. */
const longestField = 2000;

/** Name of a field in its one spelling: `decision-makers`, `Decision Makers` and `deciders` are the same. */
export function fieldOf(name: string): Field | undefined {
	const key = name
		.trim()
		.toLowerCase()
		.replace(/[\s_-]+/g, ' ');
	return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** The fields that lines before the first section state, and the lines that are left. Table rows stay, read or not. */
export function readFields(lines: Line[]): { found: TextField[]; left: Line[] } {
	const found: TextField[] = [];
	const left: Line[] = [];
	let open: TextField | undefined;
	for (const line of lines) {
		const { text, number, verbatim } = line;
		const match = verbatim ? null : bullet.exec(text);
		const field = fieldOf(match?.[1] ?? '');
		if (field && text.length <= longestField) {
			open = { field, value: (match?.[2] ?? '').trim(), line: number };
			found.push(open);
			// A date that cannot be read stays text, so that it is not lost.
			if (field === 'date' && open.value && !readDate(open.value)) left.push(line);
		} else if (open && mayGoOn(open) && !verbatim && /^[ \t]{2,}\S/.test(text)) {
			// A list of people that is nested below its name.
			const more = text.trim().replace(/^[*+-][ \t]+/, '');
			open.value = open.value ? `${open.value}, ${more}` : more;
		} else {
			open = undefined;
			const cell = verbatim ? null : row.exec(text);
			const named = fieldOf(cell?.[1] ?? '');
			if (named) found.push({ field: named, value: (cell?.[2] ?? '').trim(), line: number });
			left.push(line);
		}
	}
	return { found, left };
}

/** Lists go on in nested lines, and so does what has not begun; a status and a date are one line. */
function mayGoOn({ field, value }: TextField): boolean {
	return value === '' || (field !== 'status' && field !== 'date');
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A date as `2024`, `2024-05` or `2024-05-31`; none where the text has none, or one that can be read in two ways. */
export function readDate(written: unknown): string | undefined {
	const text = typeof written === 'number' ? String(written) : written;
	if (typeof text !== 'string') return undefined;
	const plain = text
		.slice(0, 100)
		.replace(/[*_`"']/g, '')
		.trim();
	const [, year, month, day] =
		/^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![\d/.-])/.exec(plain) ?? [];
	if (year) return dateOf(year, month, day);
	const [, first, name, last, after] =
		/^(?:[a-z]+, )?(?:(\d{1,2})(?:st|nd|rd|th)?\.? )?([a-z]{3,9})\.? (?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})(?!\d)/i.exec(
			plain
		) ?? [];
	const index = months.indexOf(name?.slice(0, 3).toLowerCase() ?? '');
	return after && index >= 0 ? dateOf(after, String(index + 1), first ?? last) : undefined;
}

function dateOf(year: string, month?: string, day?: string): string | undefined {
	const padded = [month, day].flatMap((part) => (part ? [part.padStart(2, '0')] : []));
	const date = [year, ...padded].join('-');
	return /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(date) ? date : undefined;
}

/** People or tags of a list, or of a text with commas; links leave their text. */
export function readList(written: unknown): string[] {
	if (Array.isArray(written)) return written.flatMap((one: unknown) => readList(one));
	if (typeof written === 'number') return [String(written)];
	if (typeof written !== 'string') return [];
	return written
		.replace(/<!--(?:(?!-->).){0,500}-->/g, '')
		.replace(/\[([^[\]\n]{0,300})\]\([^()\n]{0,500}\)/g, '$1')
		.split(/[,;\n]|<br ?\/?>/)
		.map((part) => part.replace(/^[\s"']+|["']+$/g, '').trim())
		.filter((part) => part !== '' && !/^[-–—[\]{}]+$/.test(part));
}

/** Whether a text is one of a template's, still to be filled in. */
export function isPlaceholder(text: string): boolean {
	const plain = text
		.slice(0, 500)
		.replace(/<!--.*-->/, '')
		.trim()
		.replace(/^(["'])(.*)\1$/, '$2');
	return (
		/^\{[^{}]*[\s|][^{}]*\}$/.test(plain) ||
		(/^\[(?:[^[\]]|\[[^[\]]*\]\([^()]*\))*\]$/.test(plain.replace(/^\[x\]/i, '')) &&
			/\s/.test(plain)) ||
		/^<[^<>]*\s[^<>]*>$/.test(plain) ||
		/^(?:STATUS|DATE|TITLE|YYYY-MM-DD)$/.test(plain) ||
		/^\w+(?: \| ?[\w ]+){2,}/.test(plain)
	);
}
