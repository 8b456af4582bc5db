import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { live, onPage, pagesOf, site, useBrowser } from '../helpers/page';

useBrowser();

test('a second, minimal site has no trace of the first', () => {
	const { folder } = site('minimal');
	const traces = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.(html|js|json|txt|xml|vcf|svg|css)$/.test(file))
		.filter((file) =>
			/archishman|10M\+|pricing inconsistency|booking engine/i.test(
				readFileSync(join(folder, file), 'utf8')
			)
		);
	expect(traces).toEqual([]);
});

test.each(['minimal', 'hostile'] as const)(
	'the %s site comes alive without an error, and fits 360 px',
	{ timeout: 300_000 },
	async (name) => {
		for (const path of await pagesOf(name))
			await onPage(
				path,
				async (page) => {
					await live(page);
					expect(
						await page.evaluate(() => (window as unknown as { hacked?: boolean }).hacked),
						path
					).toBeUndefined();
					expect(
						await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
						path
					).toBeLessThanOrEqual(0);
				},
				{ site: name, viewport: { width: 360, height: 740 } }
			);
	}
);
