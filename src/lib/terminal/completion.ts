export interface Completion {
	/** What to insert at the caret. */
	insert: string;
	/** More than one candidate: to be listed. */
	candidates: string[];
}

/**
 * Completes the last word of a line as shells do: one candidate is filled in with a blank behind it, several up to what
 * they have in common.
 */
export function completeWord(word: string, candidates: string[]): Completion {
	const fits = [...new Set(candidates)].filter((candidate) => candidate.startsWith(word)).sort();
	const [first = ''] = fits;
	if (fits.length === 0) return { insert: '', candidates: [] };
	if (fits.length === 1)
		return { insert: first.slice(word.length) + (first.endsWith('/') ? '' : ' '), candidates: [] };
	let common = first;
	for (const fit of fits) while (!fit.startsWith(common)) common = common.slice(0, -1);
	return { insert: common.slice(word.length), candidates: fits };
}

/** The nearest of the names, if any is near enough to have been meant. */
export function didYouMean(word: string, names: string[]): string | undefined {
	let best: string | undefined;
	let least = Math.ceil(word.length / 3) + 1;
	for (const name of names) {
		const cost = distance(word, name);
		if (cost < least) [best, least] = [name, cost];
	}
	return best;
}

/** Edits between two words (Levenshtein, 1965). */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++)
			next.push(
				Math.min(
					(row[j] ?? 0) + 1,
					(next[j - 1] ?? 0) + 1,
					(row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
				)
			);
		row = next;
	}
	return row[b.length] ?? 0;
}
