interface HtmlPolicyFactory {
	createPolicy(
		name: string,
		rules: { createHTML(html: string): string }
	): { createHTML(html: string): unknown };
}

/** Elements that no renderer of ours writes; data for search engines is the one script element that is let through. */
const neverBuilt =
	/<(?:script\b(?! type="application\/ld\+json">)|(?:iframe|object|embed|base|meta|link|style|form)\b)/i;

function checked(html: string): string {
	const found = neverBuilt.exec(html);
	if (found) throw new TypeError(`HTML made at build never holds ${found[0]}`);
	return html;
}

let policy: { createHTML(html: string): unknown } | undefined;

/**
 * HTML made at build, as `{@html}` needs it where Trusted Types are enforced: pages reached by a link are drawn by
 * script. Throws on elements that the build never makes, so that nothing else passes for it.
 */
export function builtHtml(html: string): string {
	const factory = (globalThis as { trustedTypes?: HtmlPolicyFactory }).trustedTypes;
	if (!factory) return checked(html);
	policy ??= factory.createPolicy('fournines-html', { createHTML: checked });
	return policy.createHTML(html) as string;
}
