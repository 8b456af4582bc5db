import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../../src/lib/content/markdown';
import { splitSections } from '../../../src/lib/content/sections';

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

test.each([
	'/\\evil.com',
	'</\\evil.com>',
	'//evil.com',
	'</\t/evil.com>',
	'<https://a.com\\evil>',
	'javascript&#58;alert(1)',
	'javascript&colon;alert(1)',
	'&#106;avascript:alert(1)',
	'<java\tscript:alert(1)>',
	'< javascript:alert(1)>',
	'JaVaScRiPt:alert(1)',
	'data:text/html,x',
	'vbscript:x'
])('%j is no link', (address) => {
	expect(renderMarkdown(`[press](${address})`).html).not.toContain('href');
});

test('an address of the text itself is held to the same', () => {
	expect(renderMarkdown('<javascript:alert(1)> <data:text/html,x>').html).not.toContain('href');
});

test('links to other files can be led elsewhere, and only to where a link may lead', () => {
	const resolveLink = (address: string) =>
		new Map([
			['0004-other.md', '/decisions/other'],
			['./0004-other.md#context', '/decisions/other#context'],
			['0005-bad.md', 'javascript:alert(1)'],
			['/0006-home.md', '//evil.com']
		]).get(address);
	const html = (source: string) => renderMarkdown(source, '/repo', { resolveLink }).html;
	expect(html('[x](0004-other.md)')).toContain('<a href="/repo/decisions/other">x</a>');
	expect(html('[x](./0004-other.md#context)')).toContain('"/repo/decisions/other#context"');
	expect(html('[x](0005-bad.md) [x](/0006-home.md) [x](unknown.md)')).toBe('<p>x x x</p>\n');
	expect(html('[x](https://example.com)')).toContain('href="https://example.com"');
});

test('an id that a later heading has of its own is given once all the same', () => {
	const { headings } = renderMarkdown('# Cost\n\n# Cost\n\n# Cost 2\n\n# Cost');
	expect(headings.map(({ id }) => id)).toEqual(['cost', 'cost-2', 'cost-2-2', 'cost-3']);
});

test.each([
	['the `snake_case_name` and snake_case_name', 'the snake_case_name and snake_case_name'],
	['_stressed_ and __strong__ and **bold_name**', 'stressed and strong and bold_name'],
	['_a snake_case_name in stress_', 'a snake_case_name in stress'],
	['`_private_` *and* [link](https://example.com/a_(b))', '_private_ and link'],
	['**Queue in `orders`** for *all*', 'Queue in orders for all'],
	['a_b_c and d_', 'a_b_c and d_']
])('plain text of %j', (source, text) => {
	expect(renderMarkdown(source).text).toBe(text);
});

describe('sections', () => {
	const ids = (body: string) =>
		splitSections(body, '').map(({ id, body: { headings } }) => [
			id,
			headings.map((one) => one.id)
		]);

	test('headings in code, comments and raw HTML begin no section', () => {
		const inside = '```sh\n## code\n```\n\n~~~~\n~~~\n## code\n~~~~\n\n<!--\n## comment\n-->\n';
		const sections = splitSections(`## One\n\n${inside}\n<pre>\n## raw\n</pre>\n\n## Two\n`, '');
		expect(sections.map(({ title }) => title)).toEqual(['One', 'Two']);
		expect(sections[0]?.body.markdown).toContain('## comment');
	});

	test('code that does not end goes on to the end', () => {
		expect(ids('## One\n\n```\n## Two\n')).toEqual([['one', []]]);
	});

	test('ids are there once in all sections, and sections keep theirs', () => {
		expect(ids('## A\n\n### Cost\n\n## Cost\n\n### Cost\n\n### A\n\n## A')).toEqual([
			['a', ['cost-2']],
			['cost', ['cost-3', 'a-3']],
			['a-2', []]
		]);
	});

	test('what stands before the first heading is the summary', () => {
		expect(ids('First.\r\n\r\n## One ##\r\n\r\nText.')).toEqual([
			['summary', []],
			['one', []]
		]);
	});

	test('whatever is written, ids are there once', () => {
		const line = fc.constantFrom('# a', '## a', '### a', '## a 2', '```', 'a', '', '---', '## ');
		fc.assert(
			fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
				const all = ids(lines.join('\n')).flat(2);
				expect(new Set(all).size).toBe(all.length);
			})
		);
	});
});

test('a list of tasks says what is done and what is open, without boxes that nobody can tick', () => {
	const { html } = renderMarkdown('* [x] this\n* [ ] that\n');
	expect(html).toMatch(/<li>(<p>)?Done: this/);
	expect(html).toMatch(/<li>(<p>)?Open: that/);
	expect(html).not.toContain('<input');
});
