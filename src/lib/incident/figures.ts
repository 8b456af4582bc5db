/** `{p95.before}`, `{service.cache.hitRatio.after}`, `{failed}`. */
export const placeholder = /\{([^{}\s]+?)(?:\.(before|after))?\}/g;

/** Names in braces within a text: `p95.after` of `p95 is now {p95.after}`. */
export function placeholdersIn(text: string): string[] {
	return [...text.matchAll(placeholder)].map(([whole]) => whole.slice(1, -1));
}
