import { describe, expect, it } from 'vitest';
import { isRecruiterStroke } from '../../../src/lib/recruiter/shortcut';

const stroke = {
	key: 'r',
	code: 'KeyR',
	altKey: true,
	ctrlKey: false,
	metaKey: false,
	shiftKey: false,
	repeat: false
};

describe('the keystroke for recruiter mode', () => {
	it.each([
		['Alt+R', {}],
		['Option+R on a Mac', { key: '®' }],
		['the R of another layout', { code: 'KeyO' }],
		['the place of R under a Cyrillic layout', { key: 'к' }]
	])('is %s', (_, change) => {
		expect(isRecruiterStroke({ ...stroke, ...change })).toBe(true);
	});

	it.each([
		['R alone', { altKey: false }],
		['Ctrl+Alt+R', { ctrlKey: true }],
		['Shift+Alt+R', { shiftKey: true }],
		['Meta+Alt+R', { metaKey: true }],
		['another letter in its place', { key: 'p' }],
		['a key held down', { repeat: true }],
		['AltGr+R', { getModifierState: (key: string) => key === 'AltGraph' }]
	])('is not %s', (_, change) => {
		expect(isRecruiterStroke({ ...stroke, ...change })).toBe(false);
	});
});
