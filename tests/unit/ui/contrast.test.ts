import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync('src/lib/ui/styles/tokens.css', 'utf8')
	.replace(/\/\*.*?\*\//gs, '')
	.replace(/\s+/g, ' ')
	.replace(/light-dark\( /g, 'light-dark(');
const inks = ['text', 'quiet', 'ok', 'degraded', 'failing', 'async'];
const grounds = ['ground', 'raised', 'selected'];

/** Colours of a theme by role. */
function themeOf(name: 'light' | 'dark' | 'contrast'): Record<string, string> {
	if (name === 'contrast') {
		const block = /data-theme='contrast'\] \{([^}]*)\}/.exec(css)?.[1] ?? '';
		return Object.fromEntries(
			[...block.matchAll(/--([a-z]+): (#[0-9a-f]{6})/g)].map(([, role, colour]) => [
				role ?? '',
				colour ?? ''
			])
		);
	}
	return Object.fromEntries(
		[...css.matchAll(/--([a-z]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6}) ?\)/g)].map(
			([, role, light, dark]) => [role ?? '', (name === 'light' ? light : dark) ?? '']
		)
	);
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(colour: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const share = parseInt(colour.slice(at, at + 2), 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
	const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (lighter + 0.05) / (darker + 0.05);
}

describe.each(['light', 'dark', 'contrast'] as const)('in the %s theme', (name) => {
	const theme = themeOf(name);
	test.each(inks.flatMap((ink) => grounds.map((ground) => [ink, ground])))(
		'%s on %s can be read',
		(ink = '', ground = '') => {
			expect(contrast(theme[ink] ?? '', theme[ground] ?? '')).toBeGreaterThanOrEqual(
				name === 'contrast' && ground !== 'selected' ? 7 : 4.5
			);
		}
	);
	test('borders that carry meaning can be seen', () => {
		expect(contrast(theme['edge'] ?? '', theme['ground'] ?? '')).toBeGreaterThanOrEqual(3);
	});
});

test('the system’s wish for contrast and the chosen theme are the same colours', () => {
	const blocks = [...css.matchAll(/color-scheme: dark;\s*((?:--[a-z]+: #[0-9a-f]{6};\s*)+)/g)].map(
		([, block]) => block?.replace(/\s+/g, ' ').trim()
	);
	expect(blocks).toHaveLength(2);
	expect(blocks[0]).toBe(blocks[1]);
});
