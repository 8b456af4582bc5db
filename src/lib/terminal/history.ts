const longestHistory = 500;

/** The history with a line that was run: blanks, lines that begin with a blank and repetitions are not kept. */
export function remember(history: readonly string[], text: string): readonly string[] {
	if (!text.trim() || text.startsWith(' ') || history.at(-1) === text) return history;
	return [...history, text].slice(-longestHistory);
}
