const longest = 14;

/** A name on at most two lines, cut where it would not fit. */
export function labelLines(name: string): string[] {
	const words = name.trim().split(/\s+/);
	if (words.length === 1 || name.length <= 8) return [cut(name)];
	const middle = Math.ceil(words.length / 2);
	return [words.slice(0, middle).join(' '), words.slice(middle).join(' ')].map(cut);
}

function cut(line: string): string {
	const characters = [...line];
	return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`;
}
