import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pagesOf } from '../../../src/lib/terminal/pager';
import { remember } from '../../../src/lib/terminal/history';
import {
	emptyLine,
	press,
	searchBack,
	suggestionFor,
	type Key,
	type Line
} from '../../../src/lib/terminal/line-editor';

function typed(text: string, ...keys: Key['kind'][]): Line {
	let line = press(emptyLine(['ls', 'cat a']), { kind: 'insert', text });
	for (const kind of keys) line = press(line, { kind } as Key);
	return line;
}

test.each([
	['grep  foo', ['kill-word'], 'grep  '],
	['grep foo', ['word-left', 'kill-to-start'], 'foo'],
	['grep foo', ['start', 'kill-to-end'], ''],
	['grep foo', ['start', 'word-right', 'kill-to-end'], 'grep'],
	['👩x', ['left', 'backspace'], 'x'],
	['abc', ['kill-to-start', 'yank', 'yank'], 'abcabc'],
	['abc', ['start', 'delete'], 'bc']
] as [string, Key['kind'][], string][])('%s and %j leave %s', (text, keys, expected) => {
	expect(typed(text, ...keys).text).toBe(expected);
});

test('older lines come and go, and the own line is kept', () => {
	expect(typed('mine', 'older').text).toBe('cat a');
	expect(typed('mine', 'older', 'older', 'older').text).toBe('ls');
	expect(typed('mine', 'older', 'older', 'newer', 'newer').text).toBe('mine');
});

test('blank lines, secrets behind a blank and repetitions are not remembered', () => {
	expect(remember(['ls'], 'ls')).toEqual(['ls']);
	expect(remember(['ls'], ' secret')).toEqual(['ls']);
	expect(remember(['ls'], 'pwd')).toEqual(['ls', 'pwd']);
});

test('whatever is pressed, the caret stays inside the line', () => {
	const kinds: Key['kind'][] = [
		'left',
		'right',
		'word-left',
		'word-right',
		'start',
		'end',
		'backspace',
		'delete',
		'kill-word',
		'kill-to-start',
		'kill-to-end',
		'yank',
		'older',
		'newer'
	];
	const key = fc.oneof(
		fc.constantFrom(...kinds).map((kind) => ({ kind }) as Key),
		fc.string({ unit: 'grapheme', maxLength: 5 }).map((text): Key => ({ kind: 'insert', text }))
	);
	fc.assert(
		fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
			let line = emptyLine(['one', 'two words']);
			for (const each of keys) line = press(line, each);
			expect(line.caret).toBeGreaterThanOrEqual(0);
			expect(line.caret).toBeLessThanOrEqual(line.text.length);
		})
	);
});

test('the latest command that begins like the line is offered, at its end only', () => {
	const history = ['cat a', 'cat b', 'ls'];
	const line = press(emptyLine(history), { kind: 'insert', text: 'ca' });
	expect(suggestionFor(line)).toBe('t b');
	expect(suggestionFor(press(line, { kind: 'left' }))).toBe('');
	expect(suggestionFor(emptyLine(history))).toBe('');
	expect(suggestionFor(press(emptyLine(history), { kind: 'insert', text: 'ls' }))).toBe('');
});

test('the history is searched backwards, from match to match', () => {
	const history = ['grep redis', 'ls', 'cat redis.md'];
	expect(searchBack(history, 'redis', history.length)).toBe(2);
	expect(searchBack(history, 'redis', 2)).toBe(0);
	expect(searchBack(history, 'redis', 0)).toBe(-1);
	expect(searchBack(history, '', 3)).toBe(-1);
});

test('an answer longer than the screen comes in pages, and nothing of it is lost', () => {
	fc.assert(
		fc.property(
			fc.array(fc.string({ maxLength: 300 })),
			fc.integer({ min: 2, max: 40 }),
			fc.integer({ min: 1, max: 120 }),
			(lines, rows, columns) => {
				const text = lines.map((line) => `${line.replaceAll('\n', '')}\n`).join('');
				expect(pagesOf(text, rows, columns).join('')).toBe(text);
			}
		)
	);
	expect(pagesOf('1\n2\n3\n4\n5\n', 3, 80)).toEqual(['1\n2\n', '3\n4\n', '5\n']);
	expect(pagesOf('aaaa\nb\n', 3, 2)).toEqual(['aaaa\n', 'b\n']);
	expect(pagesOf('short\n', 10, 80)).toEqual(['short\n']);
});
