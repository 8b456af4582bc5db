import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderMarkdown } from '../../../src/lib/content/markdown';

test('raw HTML and scripts in Markdown stay text', () => {
	const { html } = renderMarkdown(
		'Hello <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>'
	);
	expect(html).toContain('&lt;script&gt;');
	expect(html).not.toMatch(/<(script|img)/);
});

test('an address that runs code is no link', () => {
	expect(renderMarkdown('[press](javascript:alert(1))').html).toBe('<p>press</p>\n');
});

test('headings get ids that are unique on the page', () => {
	const { headings } = renderMarkdown('## Cost\n\n## Cost');
	expect(headings.map(({ id }) => id)).toEqual(['cost', 'cost-2']);
});

test('addresses on this site are put under its base path', () => {
	expect(renderMarkdown('[x](/topology)', '/repo').html).toContain('href="/repo/topology"');
});

test('whatever is written, only our own tags come out', () => {
	const ours =
		/^(p|h[1-6]|a|strong|em|code|pre|ul|ol|li|blockquote|hr|br|del|div|table|thead|tbody|tr|th|td|input)$/;
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (source) => {
			const tags = [...renderMarkdown(source).html.matchAll(/<\/?([a-z0-9]+)/gi)].map(
				([, tag]) => tag ?? ''
			);
			expect(tags.filter((tag) => !ours.test(tag))).toEqual([]);
		})
	);
});
