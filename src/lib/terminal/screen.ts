import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal as Xterm, type ITheme } from '@xterm/xterm';
import { completeWord } from './completion';
import { emptyLine, press, searchBack, suggestionFor, type Key, type Line } from './line-editor';
import { pagesOf } from './pager';
import { sanitise } from './sanitise';
import type { Terminal } from './terminal.svelte';

/** What the keys of a line editor send, as fingers know it from readline. */
const keys: Record<string, Key> = {
	'\x1b[D': { kind: 'left' },
	'\x1b[C': { kind: 'right' },
	'\x1b[A': { kind: 'older' },
	'\x1b[B': { kind: 'newer' },
	'\x1b[H': { kind: 'start' },
	'\x1b[F': { kind: 'end' },
	'\x1b[3~': { kind: 'delete' },
	'\x1b[1;5D': { kind: 'word-left' },
	'\x1b[1;5C': { kind: 'word-right' },
	'\x1bb': { kind: 'word-left' },
	'\x1bf': { kind: 'word-right' },
	'\x7f': { kind: 'backspace' },
	'\x1b\x7f': { kind: 'kill-word' },
	'\x01': { kind: 'start' },
	'\x02': { kind: 'left' },
	'\x04': { kind: 'delete' },
	'\x05': { kind: 'end' },
	'\x06': { kind: 'right' },
	'\x0b': { kind: 'kill-to-end' },
	'\x0e': { kind: 'newer' },
	'\x10': { kind: 'older' },
	'\x15': { kind: 'kill-to-start' },
	'\x17': { kind: 'kill-word' },
	'\x19': { kind: 'yank' }
};

const dim = (text: string) => `\x1b[2m${text}\x1b[22m`;
const green = (text: string) => `\x1b[32m${text}\x1b[39m`;
const red = (text: string) => `\x1b[31m${text}\x1b[39m`;

function themeOf(element: HTMLElement): ITheme {
	const style = getComputedStyle(element);
	const probe = document.createElement('span');
	element.append(probe);
	const colour = (name: string) => {
		probe.style.color = `var(${name})`;
		return getComputedStyle(probe).color;
	};
	const theme = {
		background: style.backgroundColor,
		foreground: style.color,
		cursor: style.color,
		green: colour('--ok'),
		red: colour('--failing'),
		yellow: colour('--degraded'),
		blue: colour('--async'),
		selectionBackground: colour('--edge')
	};
	probe.remove();
	return theme;
}

/**
 * The session on an xterm.js screen inside the element. Everything written passes the gate but for the few colours
 * that this file itself puts around it.
 * @param onleave called when the visitor wants out: Escape, Shift+Tab, or Ctrl-D on an empty line
 * @returns the way to take the screen down
 */
export function openScreen(
	element: HTMLElement,
	terminal: Terminal,
	onleave: () => void
): () => void {
	const xterm = new Xterm({
		fontFamily: getComputedStyle(element).fontFamily,
		fontSize: 14,
		lineHeight: 1.25,
		cursorBlink: false,
		convertEol: true,
		minimumContrastRatio: 4.5,
		screenReaderMode: true,
		scrollback: 2000,
		theme: themeOf(element)
	});
	const fit = new FitAddon();
	xterm.loadAddon(fit);
	xterm.open(element);
	fit.fit();
	const resized = new ResizeObserver(() => fit.fit());
	resized.observe(element);

	const recoloured = new MutationObserver(() => (xterm.options.theme = themeOf(element)));
	recoloured.observe(document.documentElement, { attributeFilter: ['data-theme'] });

	let line: Line = emptyLine(terminal.history);
	/** Ctrl-R: what is looked for, and the entry that was found; -1 for none. */
	let search: { words: string; at: number } | undefined;
	/** Pages of an answer that wait to be read. */
	let pages: string[] = [];
	const width = () => xterm.cols;
	let rowsDrawn = 0;

	/** One row for each of its lines; a pasted line break is shown as a sign. */
	const shown = (text: string) => sanitise(text).replaceAll('\n', '⏎');

	/** Draws prompt and line anew from the row where the prompt began. */
	function draw(suggest = true) {
		const up = rowsDrawn > 0 ? `\x1b[${rowsDrawn}A` : '';
		const prompt = search ? `(search)\`${shown(search.words)}': ` : `${terminal.prompt} `;
		const text = search ? shown(terminal.history[search.at] ?? '') : shown(line.text);
		const offered = suggest && !search ? shown(suggestionFor(line)) : '';
		const length = prompt.length + text.length + offered.length;
		const caret = prompt.length + (search ? text.length : line.caret);
		xterm.write(`${up}\r\x1b[J${green(sanitise(prompt))}${text}${offered && dim(offered)}`);
		const endRow = Math.floor(length / width());
		const caretRow = Math.floor(caret / width());
		if (length % width() === 0 && length > 0) xterm.write('\r\n');
		if (endRow > caretRow) xterm.write(`\x1b[${endRow - caretRow}A`);
		xterm.write(`\r${caret % width() ? `\x1b[${caret % width()}C` : ''}`);
		rowsDrawn = caretRow;
	}

	function freshPrompt(text = '') {
		line = press(emptyLine(terminal.history), { kind: 'insert', text });
		rowsDrawn = 0;
		draw();
	}

	async function run() {
		line = { ...line, caret: line.text.length };
		draw(false);
		xterm.write('\r\n');
		const text = line.text;
		if (text.trim()) {
			const entry = await terminal.run(text);
			if (entry && terminal.entries.length === 0) xterm.clear();
			if (entry?.error) xterm.write(red(ended(sanitise(entry.error))));
			if (entry?.output) {
				pages = pagesOf(ended(sanitise(entry.output)), xterm.rows, width());
				return turn();
			}
		}
		freshPrompt();
	}

	/** Shows the next page; behind the last one comes the prompt. */
	function turn() {
		xterm.write(`\r\x1b[J${pages.shift() ?? ''}`);
		if (pages.length === 0) return freshPrompt();
		const left = pages.reduce((sum, page) => sum + page.split('\n').length - 1, 0);
		xterm.write(dim(`-- ${left} lines more: space goes on, a shows all, q ends --`));
	}

	function onpage(data: string) {
		if (data === 'q' || data === '\x03' || data === '\x04') pages = [''];
		else if (data === 'a' || data === 'G') pages = [pages.join('')];
		turn();
	}

	/** Keys while the history is searched: Ctrl-R goes on, Enter and arrows take what was found, Ctrl-C and Ctrl-G do not. */
	function onsearch(data: string) {
		if (!search) return;
		const { words, at } = search;
		const found = terminal.history[at];
		if (data === '\x12') {
			const older = searchBack(terminal.history, words, at);
			if (older >= 0) search = { words, at: older };
		} else if (data === '\x7f' || !(data < ' ' || data.startsWith('\x1b'))) {
			const next =
				data === '\x7f' ? words.slice(0, -1) : words + sanitise(data).replaceAll('\n', ' ');
			search = { words: next, at: searchBack(terminal.history, next, terminal.history.length) };
		} else {
			search = undefined;
			if (data !== '\x03' && data !== '\x07' && found !== undefined)
				line = press(emptyLine(terminal.history), { kind: 'insert', text: found });
			if (data === '\r') return void run();
		}
		draw();
	}

	async function complete() {
		const typed = line.text.slice(0, line.caret);
		const completion = completeWord(
			typed.split(/\s+/).at(-1) ?? '',
			await terminal.candidates(typed)
		);
		if (completion.insert) line = press(line, { kind: 'insert', text: completion.insert });
		else if (completion.candidates.length) {
			xterm.write(`\r\n${dim(sanitise(completion.candidates.join('  ')))}\r\n`);
			rowsDrawn = 0;
		}
		draw();
	}

	xterm.onData((data) => {
		if (terminal.busy) {
			if (data === '\x03') terminal.interrupt();
			return;
		}
		if (pages.length) return onpage(data);
		if (search) return onsearch(data);
		if (data === '\x12') {
			search = { words: '', at: -1 };
			return draw();
		}
		if (data === '\r') return void run();
		if (data === '\t') return void complete();
		if (data === '\x03') {
			xterm.write('^C\r\n');
			return freshPrompt();
		}
		if (data === '\x0c') {
			xterm.clear();
			return draw();
		}
		if (data === '\x04' && line.text === '') return onleave();
		const key = keys[data];
		const suggested = key && ['right', 'end'].includes(key.kind) ? suggestionFor(line) : '';
		if (suggested) line = press(line, { kind: 'insert', text: suggested });
		else if (key) line = press(line, key);
		// What is pasted waits for Enter, however many lines it has.
		else if (!data.startsWith('\x1b'))
			line = press(line, {
				kind: 'insert',
				text: sanitise(data).replace(/\t/g, ' ').replace(/\n+$/, '')
			});
		draw();
	});
	xterm.attachCustomKeyEventHandler((event) => {
		if (event.type !== 'keydown') return true;
		if (event.key === 'Escape' || (event.key === 'Tab' && event.shiftKey)) {
			onleave();
			return false;
		}
		return true;
	});

	for (const entry of terminal.entries)
		xterm.write(
			`${green(sanitise(entry.prompt))} ${sanitise(entry.command)}\r\n${sanitise(entry.output)}${red(sanitise(entry.error))}`
		);
	if (terminal.entries.length === 0)
		xterm.write(dim('bash over this portfolio: help lists what there is, Esc leaves\r\n'));
	freshPrompt(terminal.draft);
	xterm.focus();
	return () => {
		resized.disconnect();
		recoloured.disconnect();
		xterm.dispose();
	};
}

function ended(text: string): string {
	return text.endsWith('\n') ? text : `${text}\n`;
}
