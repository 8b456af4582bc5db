import { hrefOf } from './references';
import type { Site } from './site';

/** Paths of every page worth finding, without the base path. */
export function pagesOf({
	decisions,
	incidents,
	scenarios
}: Pick<Site, 'decisions' | 'incidents' | 'scenarios'>): string[] {
	return [
		'/',
		'/recruiter',
		'/resume',
		'/topology',
		'/decisions',
		...decisions.map(({ slug }) => hrefOf({ kind: 'decision', slug })),
		'/incidents',
		...incidents.map(({ slug }) => hrefOf({ kind: 'incident', slug })),
		...scenarios.map(({ slug }) => hrefOf({ kind: 'scenario', slug }))
	];
}

/**
 * The sitemap (https://www.sitemaps.org/protocol.html) of these paths.
 * @param home absolute address of the site without a slash at its end
 */
export function sitemap(paths: string[], home: string): string {
	const entries = paths.map((path) => `\t<url><loc>${escaped(encodeURI(home + path))}</loc></url>`);
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
		...entries,
		'</urlset>',
		''
	].join('\n');
}

function escaped(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
