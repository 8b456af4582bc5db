import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { live, onPage, pagesOf, site, useBrowser } from '../helpers/page';

useBrowser();

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const themes = ['dark', 'light', 'contrast'] as const;

interface AxeWindow {
	axe: {
		run(
			context: Document,
			options: object
		): Promise<{
			violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
		}>;
	};
}

test('there are pages to look at', async () => {
	expect(await pagesOf()).toContain('/');
});

describe('every page', () => {
	test.each(themes)('passes axe in the %s theme', { timeout: 300_000 }, async (theme) => {
		for (const path of await pagesOf()) {
			await onPage(
				path,
				async (page) => {
					await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
					await page.evaluate(axe); // through the debugger, which the page's policy does not concern
					const found = await page.evaluate(async (values) => {
						const { violations } = await (window as unknown as AxeWindow).axe.run(document, {
							runOnly: { type: 'tag', values }
						});
						return violations.map(
							({ id, nodes }) =>
								`${id}: ${nodes
									.map((node) => node.html.slice(0, 160))
									.slice(0, 4)
									.join(' | ')}`
						);
					}, tags);
					expect(found, `${path} in ${theme}`).toEqual([]);
				},
				{ bypassCSP: false }
			);
		}
	});

	test('fits a window of 360 px without scrolling sideways', { timeout: 300_000 }, async () => {
		for (const path of await pagesOf())
			await onPage(
				path,
				async (page) => {
					const overflow = await page.evaluate(
						() => document.documentElement.scrollWidth - window.innerWidth
					);
					expect(overflow, path).toBeLessThanOrEqual(0);
				},
				{ viewport: { width: 360, height: 740 } }
			);
	});

	test('has its content without JavaScript', { timeout: 300_000 }, async () => {
		for (const path of await pagesOf())
			await onPage(
				path,
				async (page) => {
					expect(await page.locator('h1').count(), path).toBe(1);
					expect(await page.locator('main').count(), path).toBe(1);
				},
				{ javaScriptEnabled: false }
			);
	});

	test('comes alive without an error', { timeout: 300_000 }, async () => {
		for (const path of await pagesOf())
			await onPage(path, async (page) => {
				await live(page);
				await page.mouse.move(40, 40);
				expect(await page.locator('h1').count(), path).toBe(1);
			});
	});
});

test('an address that is not there says so and leads back', async () => {
	await onPage(
		'/nowhere',
		async (page) => {
			expect(await page.locator('h1').innerText()).toMatch(/not here|404|not found/i);
			expect(await page.locator('main a').count()).toBeGreaterThan(0);
		},
		{ expectStatus: 404 }
	);
});

test(
	'under a base path, every link leads somewhere and every file is found',
	{ timeout: 300_000 },
	async () => {
		const { origin } = site('underBase');
		const checked = new Map<string, number>();
		for (const path of await pagesOf('underBase'))
			await onPage(
				path,
				async (page) => {
					const hrefs = await page.$$eval('a[href]', (links) =>
						links.map((link) => (link as HTMLAnchorElement).href)
					);
					for (const href of hrefs.filter((each) => each.startsWith(origin))) {
						const address = href.split('#')[0] ?? href;
						if (!checked.has(address)) checked.set(address, (await fetch(address)).status);
						expect(checked.get(address), `${href} on ${path}`).toBe(200);
					}
				},
				{ site: 'underBase' }
			);
	}
);
