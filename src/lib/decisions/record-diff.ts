import { diffWordsWithSpace } from 'diff';
import type { Decision } from '$lib/content';

/** A run of text that both records have, or only one of them. */
export interface Piece {
	text: string;
	side: 'both' | 'before' | 'after';
}

/** One section of two records, word by word. */
export interface SectionDiff {
	title: string;
	pieces: Piece[];
}

/** Longer than this two texts are shown whole: comparing them word by word would take seconds. */
const longest = 40_000;

/** A record beside the one that it replaced: sections by their titles, in the order of the new one. For the build. */
export function recordDiff(before: Decision, after: Decision): SectionDiff[] {
	const titles = [...after.sections, ...before.sections].map(({ title }) => title);
	const textOf = ({ sections }: Decision, title: string) =>
		sections
			.filter((section) => section.title === title)
			.map(({ body }) => body.text)
			.join('\n\n');
	return [...new Set(titles)].map((title) => ({
		title,
		pieces: piecesOf(textOf(before, title), textOf(after, title))
	}));
}

function piecesOf(before: string, after: string): Piece[] {
	if (before.length + after.length > longest || !before || !after)
		return [
			...(before ? [{ text: before, side: 'before' as const }] : []),
			...(after ? [{ text: after, side: 'after' as const }] : [])
		];
	return diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
		text: value,
		side: added ? 'after' : removed ? 'before' : 'both'
	}));
}
