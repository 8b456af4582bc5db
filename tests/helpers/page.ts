import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import type { SiteName } from './built-site';
import { browserArguments } from './find-browser';

let browser: Browser;

/** One browser for a test file; call it at the top. */
export function useBrowser(): void {
	beforeAll(async () => {
		browser = await chromium.launch({ executablePath: inject('browser'), args: browserArguments });
	});
	afterAll(() => browser.close());
}

export function site(name: SiteName = 'first') {
	return inject('sites')[name];
}

/**
 * Opens a page of a site and hands it over; fails when the page logs an error, breaks the content security policy,
 * leaves a rejection unhandled or asks for something that is not there.
 */
export async function onPage(
	path: string,
	look: (page: Page) => Promise<void>,
	options: BrowserContextOptions & {
		site?: SiteName;
		expectStatus?: number;
		/** Runs in the page before its own scripts do. */
		before?: () => void;
	} = {}
): Promise<void> {
	const { site: name = 'first', expectStatus = 200, before, ...contextOptions } = options;
	const { origin, base } = site(name);
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		reducedMotion: 'reduce',
		...contextOptions
	});
	const faults: string[] = [];
	try {
		const page = await context.newPage();
		await page.addInitScript(() =>
			document.addEventListener(
				'securitypolicyviolation',
				({ violatedDirective, sample, blockedURI }) =>
					console.error(`policy ${violatedDirective}: ${sample || blockedURI}`)
			)
		);
		if (before) await page.addInitScript(before);
		page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
		page.on('console', (message) => {
			const expected404 = expectStatus === 404 && message.text().includes('404');
			if (message.type() === 'error' && !expected404) faults.push(`console: ${message.text()}`);
			if (message.type() === 'warning' && /hydration|trusted/i.test(message.text()))
				faults.push(`warning: ${message.text()}`);
		});
		page.on('requestfailed', (request) => {
			// Without JavaScript the browser itself turns scripts away.
			if (contextOptions.javaScriptEnabled === false && request.resourceType() === 'script') return;
			if (!/ERR_ABORTED/.test(request.failure()?.errorText ?? ''))
				faults.push(`request: ${request.url()} ${request.failure()?.errorText}`);
		});
		page.on('request', (request) => {
			if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin))
				faults.push(`third party: ${request.url()}`);
		});
		const response = await page.goto(`${origin}${base}${path}`, { waitUntil: 'load' });
		expect(response?.status()).toBe(expectStatus);
		await look(page);
		expect(faults).toEqual([]);
	} finally {
		await context.close();
	}
}

/** Waits until the page's script has taken over. */
export async function live(page: Page): Promise<void> {
	await page.waitForSelector('html[data-live]');
}

/** Addresses of a built site's pages: of every prerendered HTML file. */
export function pagesOf(name: SiteName = 'first'): string[] {
	return readdirSync(site(name).folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.html') && !file.startsWith('_app'))
		.map((file) => `/${file.split(sep).join('/')}`)
		.map((path) => path.replace(/(\/index)?\.html$/, '') || '/')
		.sort();
}
