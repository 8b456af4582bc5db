import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { live, onPage, useBrowser } from '../helpers/page';

useBrowser();

test('the landing page stays within its budgets before anything is done', async () => {
	const bytes: Record<string, number> = {};
	await onPage('/', async (page) => {
		const sizes: Promise<void>[] = [];
		page.on('response', (response) => {
			const type = response.request().resourceType();
			sizes.push(
				response.body().then((body) => {
					const compressed = type === 'font' ? body.length : brotliCompressSync(body).length;
					bytes[type] = (bytes[type] ?? 0) + compressed;
				})
			);
		});
		await page.reload({ waitUntil: 'networkidle' });
		await live(page);
		await Promise.all(sizes);
	});
	const total = Object.values(bytes).reduce((sum, size) => sum + size, 0);
	console.log('landing page, bytes over the wire:', { ...bytes, total });
	expect(bytes['script']).toBeLessThanOrEqual(60_000);
	expect(bytes['font']).toBeLessThanOrEqual(40_000);
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
