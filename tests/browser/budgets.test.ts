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

test('nothing shifts while the landing page loads', async () => {
	await onPage(
		'/',
		async (page) => {
			await page.addInitScript(() => {
				const shifts: number[] = [];
				(window as unknown as { shifts: number[] }).shifts = shifts;
				new PerformanceObserver((list) => {
					for (const entry of list.getEntries())
						shifts.push((entry as unknown as { value: number }).value);
				}).observe({ type: 'layout-shift', buffered: true });
			});
			await page.reload({ waitUntil: 'networkidle' });
			await live(page);
			const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
			expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.001);
		},
		{ reducedMotion: 'no-preference' }
	);
});
