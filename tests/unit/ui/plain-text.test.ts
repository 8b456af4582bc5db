import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lines, wrap } from '../../../src/lib/ui/plain-text';

describe('plain text', () => {
	it('wraps at blanks, and hangs what follows under the first word', () => {
		const text = 'word '.repeat(20).trim();
		const wrapped = wrap(text, 'lead  ');
		expect(wrapped[0]).toMatch(/^lead {2}word/);
		expect(wrapped[1]).toMatch(/^ {6}word/);
		expect(Math.max(...wrapped.map((line) => line.length))).toBeLessThanOrEqual(80);
	});

	it('loses no word', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const words = text.split(/\s+/).filter(Boolean);
				expect(wrap(text).join(' ').split(/\s+/).filter(Boolean)).toEqual(words);
			})
		);
	});

	it('ends every line, and leaves no blanks at its end', () => {
		expect(lines('a  ', 'b')).toBe('a\nb\n');
		expect(lines()).toBe('');
	});
});
