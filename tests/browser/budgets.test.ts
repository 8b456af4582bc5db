import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { live, onPage, site, useBrowser } from '../helpers/page';

useBrowser();

test('the landing page stays within its budgets before anything is done', async () => {
	const bytes: Record<string, number> = {};
	await onPage('/', async (page) => {
		await live(page);
		await page.waitForLoadState('networkidle');
		const { origin } = site();
		const files = await page.evaluate(() =>
			performance.getEntriesByType('resource').map(({ name }) => name)
		);
		for (const address of [`${origin}/`, ...files]) {
			const body = Buffer.from(await (await fetch(address)).arrayBuffer());
			const kind = /\.(js|css|woff2)$/.exec(address)?.[1] ?? 'other';
			const sent = kind === 'woff2' ? body.length : brotliCompressSync(body).length;
			bytes[kind] = (bytes[kind] ?? 0) + sent;
		}
	});
	const total = Object.values(bytes).reduce((sum, size) => sum + size, 0);
	console.log('landing page, bytes over the wire:', { ...bytes, total });
	expect(bytes['js']).toBeLessThanOrEqual(60_000);
	expect(bytes['woff2']).toBeLessThanOrEqual(40_000);
	expect(total).toBeLessThanOrEqual(180_000);
});

test.each([1280, 360])('nothing shifts while the landing page loads at %d px', async (width) => {
	await onPage(
		'/',
		async (page) => {
			await live(page);
			await page.waitForLoadState('networkidle');
			expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual(
				[]
			);
		},
		{
			reducedMotion: 'no-preference',
			viewport: { width, height: 800 },
			before: () => {
				const shifts: string[] = [];
				(window as unknown as { shifts: string[] }).shifts = shifts;
				new PerformanceObserver((list) => {
					for (const entry of list.getEntries()) {
						const { value, sources } = entry as unknown as {
							value: number;
							sources: { node: Element | null }[];
						};
						if (value > 0.0005)
							shifts.push(`${value}: ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80))}`);
					}
				}).observe({ type: 'layout-shift', buffered: true });
			}
		}
	);
});
