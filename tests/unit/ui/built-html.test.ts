import { describe, expect, it } from 'vitest';
import { builtHtml } from '$lib/ui';

describe('HTML made at build', () => {
	it.each([
		'<p>Text, <code>&lt;script&gt;</code> and <a href="/x">links</a></p>',
		'<script type="application/ld+json">{"a":"\\u003c"}</script>'
	])('passes as it is: %s', (html) => {
		expect(builtHtml(html)).toBe(html);
	});

	it.each([
		'<script>alert(1)</script>',
		'<SCRIPT src="//host.example"></SCRIPT>',
		'<script type="application/ld+json" src="/x">',
		'<p><iframe srcdoc=""></iframe></p>',
		'<base href="//host.example">'
	])('cannot be %s', (html) => {
		expect(() => builtHtml(html)).toThrow(TypeError);
	});
});
