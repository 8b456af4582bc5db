import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sanitise } from '../../../src/lib/terminal/sanitise';

const control = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

test('whatever comes in, no control character but newline and tab goes out', () => {
	const nasty = fc.constantFrom(
		'\x1b[c',
		'\x1b[6n',
		'\x9b6n',
		'\x1b]4;1;?\x07',
		'\x1bP+q\x1b\\',
		'\u202e',
		'\x7f',
		'\r',
		'a',
		'\n'
	);
	fc.assert(
		fc.property(
			fc.array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 30 }),
			(parts) => {
				const out = sanitise(parts.join(''));
				expect(out.replace(/[\n\t]/g, '')).not.toMatch(control);
			}
		)
	);
});

test('words, emoji and line ends stay', () => {
	expect(sanitise('naïve 👩‍💻\r\nمرحبا\tx')).toBe('naïve 👩‍💻\nمرحبا\tx');
});
