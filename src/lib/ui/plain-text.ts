const columns = 80;

/** One text of newline-terminated lines; '' of none. */
export function lines(...all: string[]): string {
	return all.map((line) => `${line.trimEnd()}\n`).join('');
}

export function indent(all: string[], by: string): string[] {
	return all.map((line) => by + line);
}

/**
 * Breaks a text at blanks so that no line is longer than 80 columns, unless one word is.
 * @param lead stands before the first line; the others are indented by as much
 */
export function wrap(text: string, lead = ''): string[] {
	const room = Math.max(20, columns - lead.length);
	const broken: string[] = [];
	let line = '';
	for (const word of text.split(/\s+/).filter(Boolean)) {
		if (line && line.length + 1 + word.length > room) {
			broken.push(line);
			line = word;
		} else line = line ? `${line} ${word}` : word;
	}
	broken.push(line);
	return broken.map((part, index) => (index === 0 ? lead : ' '.repeat(lead.length)) + part);
}
