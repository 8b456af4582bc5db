import { describe, expect, it } from 'vitest';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { pagesOf, sitemap } from '../../../src/lib/content/sitemap';

describe('the sitemap', () => {
	const site = loadFolder('src/content');

	it('has every record and incident once, beside the pages that always are', () => {
		const pages = pagesOf(site);
		expect(new Set(pages).size).toBe(pages.length);
		expect(pages).toEqual(
			expect.arrayContaining([
				'/',
				'/recruiter',
				...site.decisions.map(({ slug }) => `/decisions/${slug}`),
				...site.incidents.map(({ slug }) => `/incidents/${slug}`)
			])
		);
	});

	it('writes absolute, escaped addresses', () => {
		expect(sitemap(['/a&b', '/é'], 'https://host.example/repo')).toContain(
			'<loc>https://host.example/repo/a&amp;b</loc>'
		);
		expect(sitemap(['/é'], 'https://host.example')).toContain('https://host.example/%C3%A9');
	});
});
