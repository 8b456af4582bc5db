import type { Decision } from '$lib/content';

export type Tone = 'good' | 'neutral' | 'bad';

/** A sentence of a record that says what something is good or bad for. */
export interface Argument {
	tone: Tone;
	text: string;
	/** Id of the section it stands in. */
	section: string;
	/** It is about what was decided, not about an option that was left. */
	decided: boolean;
}

/** What one record bought and what it paid, each a sentence of its own. */
export interface LedgerRow {
	decision: Pick<Decision, 'number' | 'slug' | 'title' | 'status'>;
	bought: Argument[];
	paid: Argument[];
}

const madr = /^(good|neutral|bad),?\s+because\s+(.+)$/is;
/** Headings that give the bullets below them a tone: MADR 2 and 3, and plain words. */
const toned: [RegExp, Tone][] = [
	[/positive consequences|benefits|impact\b/i, 'good'],
	[/negative consequences|drawbacks|trade-?offs?|costs?\b/i, 'bad']
];
/** Sections about the options that were weighed, the chosen one among others. */
const aboutOptions = /pros and cons|considered options/i;

/** All arguments of a record, in its order: MADR's bullets, and what stands under a heading that names its tone. */
export function argumentsOf({ sections }: Pick<Decision, 'sections'>): Argument[] {
	return sections.flatMap(({ id, title, body }) => {
		const decided = !aboutOptions.test(title);
		let tone = toneOf(title);
		return blocksOf(body.markdown).flatMap(({ kind, text }): Argument[] => {
			if (kind === 'heading') {
				tone = toneOf(text) ?? (decided ? toneOf(title) : undefined);
				return [];
			}
			const [, word, because] = (kind === 'item' && madr.exec(text)) || [];
			if (word && because)
				return [{ tone: word.toLowerCase() as Tone, text: plain(because), section: id, decided }];
			return tone && text ? [{ tone, text: plain(text), section: id, decided }] : [];
		});
	});
}

function toneOf(heading: string): Tone | undefined {
	return toned.find(([words]) => words.test(heading))?.[1];
}

/** The balance of every record that says what it cost or brought, by number. */
export function ledgerOf(decisions: Decision[]): LedgerRow[] {
	return decisions.flatMap(({ number, slug, title, status, sections }) => {
		const decided = argumentsOf({ sections }).filter((each) => each.decided);
		const bought = decided.filter(({ tone }) => tone === 'good');
		const paid = decided.filter(({ tone }) => tone === 'bad');
		return bought.length + paid.length
			? [{ decision: { number, slug, title, status }, bought, paid }]
			: [];
	});
}

interface Block {
	kind: 'heading' | 'item' | 'text';
	text: string;
}

/** List items and paragraphs with their lines joined, headings apart; code is left out. */
function blocksOf(markdown: string): Block[] {
	const blocks: Block[] = [];
	let fenced = false;
	let open: Block | undefined;
	for (const line of markdown.split('\n')) {
		if (/^\s*(```|~~~)/.test(line)) {
			fenced = !fenced;
			open = undefined;
			continue;
		}
		if (fenced) continue;
		const heading = /^#{1,6}\s+(.+)$/.exec(line)?.[1];
		const item = /^\s*(?:[*+-]|\d+[.)])\s+(.*)$/.exec(line)?.[1];
		if (heading !== undefined) {
			blocks.push({ kind: 'heading', text: heading });
			open = undefined;
		} else if (item !== undefined) blocks.push((open = { kind: 'item', text: item }));
		else if (line.trim() === '') open = undefined;
		else if (open) open.text += ` ${line.trim()}`;
		else blocks.push((open = { kind: 'text', text: line.trim() }));
	}
	return blocks;
}

/** Without the marks of Markdown, beginning with a capital. */
function plain(text: string): string {
	const bare = text
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/(\*\*|__|`)(.+?)\1/g, '$2')
		.trim();
	return bare.charAt(0).toUpperCase() + bare.slice(1);
}
