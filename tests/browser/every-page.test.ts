import { describe, expect, test } from 'vitest';
import { violationsOn } from '../helpers/axe';
import { live, onPage, pagesOf, site, useBrowser } from '../helpers/page';

useBrowser();

const pages = pagesOf();

test('the site has the pages that the product promises', () => {
	expect(pages).toEqual(
		expect.arrayContaining([
			'/',
			'/404',
			'/decisions',
			'/incidents',
			'/recruiter',
			'/resume',
			'/topology'
		])
	);
});

describe.each(pages)('%s', (path) => {
	const expectStatus = 200;

	test('passes axe in every theme', async () => {
		await onPage(
			path,
			async (page) => {
				await live(page);
				expect(await violationsOn(page)).toEqual([]);
			},
			{ expectStatus }
		);
	});

	test('fits a window of 360 px without scrolling sideways', async () => {
		await onPage(
			path,
			async (page) => {
				await live(page);
				const tooWide = await page.evaluate(() =>
					document.documentElement.scrollWidth <= window.innerWidth
						? []
						: [...document.querySelectorAll('main *')]
								.filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1)
								.map((each) => each.outerHTML.slice(0, 120))
								.slice(0, 5)
								.concat('the page')
				);
				expect(tooWide).toEqual([]);
			},
			{ viewport: { width: 360, height: 740 }, expectStatus }
		);
	});

	test('has its content, its links and its way on without JavaScript', async () => {
		await onPage(
			path,
			async (page) => {
				expect(await page.locator('main h1').count()).toBe(1);
				expect(await page.title()).not.toBe('');
				expect((await page.locator('main').innerText()).length).toBeGreaterThan(60);
				expect(await page.locator('footer nav a:visible').count()).toBeGreaterThan(3);
				const dead = await page
					.locator('main button:visible:not([type=submit]):not(:disabled):not([popovertarget])')
					.allInnerTexts();
				expect(dead, 'buttons that nothing answers').toEqual([]);
			},
			{ javaScriptEnabled: false, expectStatus }
		);
	});
});

test('the landing page shows its sections without JavaScript', async () => {
	await onPage(
		'/',
		async (page) => {
			for (const id of [
				'topology',
				'log',
				'incident',
				'decisions',
				'principles',
				'modules',
				'contact'
			])
				expect((await page.locator(`#${id}`).innerText()).length, id).toBeGreaterThan(60);
			expect(await page.locator('#topology table tr').count()).toBeGreaterThan(5);
			expect(await page.locator('#topology svg .node').count()).toBeGreaterThan(5);
		},
		{ javaScriptEnabled: false }
	);
});

test('an address that is not there says so and leads back', async () => {
	for (const javaScriptEnabled of [true, false])
		await onPage(
			'/nowhere/at/all',
			async (page) => {
				expect(await page.locator('h1').innerText()).toMatch(/not here|404|not found/i);
				expect(await page.locator('main a').count()).toBeGreaterThan(0);
			},
			{ expectStatus: 404, javaScriptEnabled }
		);
});

describe.each(['first', 'underBase'] as const)('links of the site %s', (name) => {
	test.each(pagesOf(name))('%s leads only to what is there', async (path) => {
		const { origin } = site(name);
		await onPage(
			path,
			async (page) => {
				const targets = await page.$$eval('[href], [src]', (elements) =>
					elements.map((each) => (each as HTMLAnchorElement).href || (each as HTMLImageElement).src)
				);
				const own = new Set(
					targets
						.filter((target) => typeof target === 'string' && target.startsWith(origin))
						.map((target) => target.split('#')[0] ?? '')
				);
				const broken: string[] = [];
				for (const address of own) if (!(await fetch(address)).ok) broken.push(address);
				expect(own.size).toBeGreaterThan(3);
				expect(broken).toEqual([]);
			},
			{ site: name, javaScriptEnabled: false }
		);
	});
});
