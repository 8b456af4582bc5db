/** A line being typed, and the lines typed before. Plain data; `press` answers with the next one. */
export interface Line {
	text: string;
	/** Caret, in code units from 0 to the text's length. */
	caret: number;
	history: readonly string[];
	/** Which entry of the history is shown; its length while it is the visitor's own line. */
	at: number;
	/** The visitor's own line while an older one is shown. */
	draft: string;
	/** What Ctrl-U, Ctrl-K and Ctrl-W cut last. */
	killed: string;
}

export type Key =
	| { kind: 'insert'; text: string }
	| { kind: 'left' | 'right' | 'word-left' | 'word-right' | 'start' | 'end' }
	| { kind: 'backspace' | 'delete' | 'kill-word' | 'kill-to-start' | 'kill-to-end' | 'yank' }
	| { kind: 'older' | 'newer' };

export function emptyLine(history: readonly string[] = []): Line {
	return { text: '', caret: 0, history, at: history.length, draft: '', killed: '' };
}

/** The line after a key; the same line when the key does nothing there. */
export function press(line: Line, key: Key): Line {
	const { text, caret } = line;
	switch (key.kind) {
		case 'insert':
			return edit(
				line,
				text.slice(0, caret) + key.text + text.slice(caret),
				caret + key.text.length
			);
		case 'left':
			return { ...line, caret: before(text, caret) };
		case 'right':
			return { ...line, caret: after(text, caret) };
		case 'word-left':
			return { ...line, caret: wordStart(text, caret) };
		case 'word-right':
			return { ...line, caret: wordEnd(text, caret) };
		case 'start':
			return { ...line, caret: 0 };
		case 'end':
			return { ...line, caret: text.length };
		case 'backspace':
			return edit(
				line,
				text.slice(0, before(text, caret)) + text.slice(caret),
				before(text, caret)
			);
		case 'delete':
			return edit(line, text.slice(0, caret) + text.slice(after(text, caret)), caret);
		case 'kill-word':
			return kill(line, wordStart(text, caret), caret);
		case 'kill-to-start':
			return kill(line, 0, caret);
		case 'kill-to-end':
			return kill(line, caret, text.length);
		case 'yank':
			return press(line, { kind: 'insert', text: line.killed });
		case 'older':
			return show(line, line.at - 1);
		case 'newer':
			return show(line, line.at + 1);
	}
}

function edit(line: Line, text: string, caret: number): Line {
	return { ...line, text, caret };
}

function kill(line: Line, from: number, to: number): Line {
	if (from === to) return line;
	return {
		...line,
		text: line.text.slice(0, from) + line.text.slice(to),
		caret: from,
		killed: line.text.slice(from, to)
	};
}

function show(line: Line, at: number): Line {
	if (at < 0 || at > line.history.length) return line;
	const draft = line.at === line.history.length ? line.text : line.draft;
	const text = at === line.history.length ? draft : (line.history[at] ?? '');
	return { ...line, at, draft, text, caret: text.length };
}

/** One character back: a surrogate pair is one. */
function before(text: string, caret: number): number {
	return caret - ([...text.slice(0, caret)].at(-1)?.length ?? 0);
}

function after(text: string, caret: number): number {
	return caret + ([...text.slice(caret)][0]?.length ?? 0);
}

function wordStart(text: string, caret: number): number {
	return text.slice(0, caret).replace(/\S+\s*$|\s+$/, '').length;
}

function wordEnd(text: string, caret: number): number {
	return caret + (/^\s*\S*/.exec(text.slice(caret))?.[0].length ?? 0);
}

/** What the history makes of the line: the rest of the latest command that begins like it, at the line's end only. */
export function suggestionFor({ text, caret, history }: Line): string {
	if (!text || caret < text.length) return '';
	const latest = history.findLast((each) => each.length > text.length && each.startsWith(text));
	return latest?.slice(text.length) ?? '';
}

/**
 * The entry of the history before a position that holds some words, as Ctrl-R looks for it.
 * @returns its index; -1 where there is none
 */
export function searchBack(history: readonly string[], words: string, before: number): number {
	if (!words) return -1;
	return history.slice(0, before).findLastIndex((each) => each.includes(words));
}
