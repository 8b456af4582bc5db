import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { violationsOn } from '../helpers/axe';
import { live, onPage, useBrowser } from '../helpers/page';

useBrowser();

/** The page with all that comes at the first sign of somebody. */
async function atWork(page: Page): Promise<void> {
	await live(page);
	await page.mouse.move(5, 5);
	await page.getByRole('search').waitFor();
}

const service = (page: Page, id: string) => page.locator(`#service-${id}`);
const spans = (page: Page) => page.getByRole('list', { name: /Spans of the request/ });

/** Waits until the system has moved on by some seconds of its own, told by the flows' figures. */
async function seconds(page: Page, count: number): Promise<void> {
	for (let second = 0; second < count; second++) {
		const before = await page.locator('footer').innerText();
		await page.waitForFunction(
			(text) => document.querySelector('footer')?.innerText !== text,
			before,
			// Not by frames: one of the tests counts them.
			{ timeout: 20_000, polling: 50 }
		);
	}
}

describe('reading', () => {
	test('a service is found by its technology and opened with Enter', async () => {
		await onPage('/topology', async (page) => {
			await atWork(page);
			await page.getByRole('searchbox').fill('kafka');
			expect(await page.locator('output').innerText()).toBe('1 of 13 services');
			await page.keyboard.press('Enter');
			const inspector = page.getByRole('region', { name: 'Kafka' });
			await inspector.waitFor();
			expect(await inspector.getByRole('link', { name: /Kafka/ }).count()).toBeGreaterThan(0);
			expect(await inspector.innerText()).toMatch(/calls\s+Worker/);
		});
	});

	test('the map is one stop for the Tab key, walked by arrows and along calls', async () => {
		await onPage('/topology', async (page) => {
			await atWork(page);
			expect(await page.locator('svg .node[tabindex="0"]').count()).toBe(1);
			await service(page, 'client').focus();
			await page.keyboard.press(']');
			expect(await page.evaluate(() => document.activeElement?.id)).toBe('service-gateway');
			await page.getByText('Client calls Gateway: timeout 1.00 s.').waitFor({ state: 'attached' });
			await page.keyboard.press('Enter');
			expect(await service(page, 'gateway').getAttribute('aria-pressed')).toBe('true');
			await page.keyboard.press('Enter');
			expect(await service(page, 'gateway').getAttribute('aria-pressed')).toBe('false');
		});
	});

	test('zoom by buttons and by wheel, with the way back', async () => {
		await onPage('/topology', async (page) => {
			await atWork(page);
			const map = page.locator('figure svg[role=group]');
			const whole = await map.getAttribute('viewBox');
			await page.getByRole('button', { name: 'Zoom in' }).click();
			expect(await map.getAttribute('viewBox')).not.toBe(whole);
			await page.getByRole('button', { name: 'whole' }).click();
			expect(await map.getAttribute('viewBox')).toBe(whole);
			const box = await map.boundingBox();
			if (!box) throw new Error('no map');
			await page.mouse.move(box.x + 100, box.y + 100);
			await page.mouse.wheel(0, -100);
			expect(await map.getAttribute('viewBox')).toBe(whole);
			await page.keyboard.down('Control');
			await page.mouse.wheel(0, -100);
			await page.keyboard.up('Control');
			await expect.poll(() => map.getAttribute('viewBox')).not.toBe(whole);
		});
	});

	test('a map at rest asks for no frame', async () => {
		await onPage(
			'/topology',
			async (page) => {
				await atWork(page);
				await seconds(page, 1);
				const count = () => page.evaluate(() => (window as unknown as { frames: number }).frames);
				const before = await count();
				await seconds(page, 2);
				expect(await count()).toBe(before);
			},
			{
				reducedMotion: 'no-preference',
				before: () => {
					const counted = window as unknown as { frames: number };
					counted.frames = 0;
					const original = window.requestAnimationFrame.bind(window);
					window.requestAnimationFrame = (callback) => {
						counted.frames++;
						return original(callback);
					};
				}
			}
		);
	});

	test('without JavaScript there is the drawing, a table and a tree of calls', async () => {
		await onPage(
			'/topology',
			async (page) => {
				expect(await page.locator('svg .node').count()).toBe(13);
				expect(await page.locator('table tbody tr').count()).toBe(13);
				expect(await page.locator('details li a[href="#service-redis-lock"]').count()).toBe(1);
				expect(await page.getByRole('button').count()).toBeLessThan(3);
			},
			{ javaScriptEnabled: false }
		);
	});
});

describe('a replay', () => {
	test('is stepped, and its link shows the same request at the same moment to somebody else', async () => {
		let address = '';
		let told = '';
		await onPage('/topology', async (page) => {
			await atWork(page);
			await page.getByRole('button', { name: 'Replay a request' }).click();
			await spans(page).waitFor();
			const clock = page.getByRole('group', { name: 'Replay' });
			await clock.getByRole('button', { name: 'Step back' }).click();
			const current = spans(page).locator('[aria-current=step]');
			expect(await current.count()).toBe(1);
			address =
				(await page.getByRole('link', { name: 'link to this moment' }).getAttribute('href')) ?? '';
			told = await spans(page).innerText();
			await current.getByRole('button').click();
			expect(await page.locator('svg .node[aria-pressed=true]').count()).toBe(1);
		});
		expect(address).toMatch(/^\/topology#replay=booking&t=\d+$/);
		await onPage(address, async (page) => {
			await spans(page).waitFor();
			expect(await spans(page).innerText()).toBe(told);
			expect(await page.getByRole('button', { name: 'play', exact: true }).count()).toBe(1);
		});
	});

	test('a damaged link says so and leaves the page as it is', async () => {
		await onPage('/topology#replay=booking&run={', async (page) => {
			await page.getByText('This link to a replay is damaged.').waitFor();
			expect(await page.locator('svg .node').count()).toBe(13);
		});
	});
});

describe('breaking it', () => {
	test('shows the cascade in words within a second of the system, and is undone by one action', async () => {
		await onPage('/topology', async (page) => {
			await atWork(page);
			await seconds(page, 3);
			await service(page, 'database').click();
			await page.locator('summary', { hasText: 'Break it' }).click();
			await page.getByRole('button', { name: /Slow it/ }).click();
			const story = page.getByRole('region', { name: 'What was broken' });
			await story.getByText(/^Database answers in/).waitFor();
			expect(await story.innerText()).toMatch(/Broken: Database 5 times slower/);
			expect(await page.locator('footer').innerText()).toContain('topology slow database');
			await story
				.getByText(/the system would be back within|within the objective\./)
				.first()
				.waitFor();
			await story.getByRole('button', { name: 'Undo everything' }).click();
			await story.getByText(/^Undone/).waitFor();
			await story.getByRole('button', { name: 'Start from rest' }).click();
			await story.waitFor({ state: 'detached' });
		});
	});
});

describe('a system of one’s own', () => {
	async function door(page: Page) {
		await live(page);
		await page.getByRole('button', { name: 'Bring your own system' }).click();
		await page.getByRole('textbox', { name: /Docker Compose/ }).waitFor();
	}

	test('from a Compose file runs at once, is changed, and is kept on the device', async () => {
		await onPage('/topology', async (page) => {
			await door(page);
			await page.getByRole('button', { name: 'try a small shop' }).click();
			await page.getByText(/Read as Docker Compose: 1\d services/).waitFor();
			await page.mouse.move(5, 5);
			await page.locator('summary', { hasText: 'Services and calls' }).click();
			await page.getByLabel('Kind of payments').selectOption('external');
			await page.getByRole('button', { name: 'Remove mail-worker' }).click();
			await expect.poll(() => service(page, 'mail-worker').count()).toBe(0);
			expect(await violationsOn(page)).toEqual([]);
			const saved = page.waitForEvent('download');
			await page.getByRole('button', { name: 'Save as PNG' }).click();
			expect((await saved).suggestedFilename()).toMatch(/\.png$/);

			await page.reload();
			await live(page);
			await page.getByRole('button', { name: 'Show the one kept' }).click();
			await page.getByText(/Read as our YAML: 1\d services/).waitFor();
			await page.getByRole('button', { name: 'Back to this site' }).click();
			await service(page, 'redis-lock').waitFor();
		});
	});

	test('with a mistake is refused with its line, and nothing is lost', async () => {
		await onPage('/topology', async (page) => {
			await door(page);
			const text = page.getByRole('textbox', { name: /Docker Compose/ });
			const broken = 'services:\n  web:\n    image: nginx\n\timage: apache\n';
			await text.fill(broken);
			await page.getByRole('button', { name: 'Read and run it' }).click();
			await page.getByText(/line 4, column 1:/).waitFor();
			expect(await text.inputValue()).toBe(broken);
			expect(await service(page, 'redis-lock').count()).toBe(1);
		});
	});

	test('of two thousand services settles in a worker and is walked by keys', async () => {
		await onPage('/topology', async (page) => {
			await door(page);
			await page.getByRole('button', { name: 'try 2,000' }).click();
			const caption = page.locator('figcaption');
			await caption.getByText(/laid out in a worker, [\d.]+ ms a tick/).waitFor();
			const stop = page.getByRole('button', { name: /Arrow keys move/ });
			await stop.waitFor({ timeout: 50_000 });
			expect(await stop.count()).toBe(1);
			expect(await page.locator('canvas').getAttribute('aria-hidden')).toBe('true');
			const first = await stop.getAttribute('aria-label');
			await stop.focus();
			await page.keyboard.press(']');
			expect(await stop.getAttribute('aria-label')).not.toBe(first);
			await page.keyboard.press('Enter');
			expect(await stop.getAttribute('aria-pressed')).toBe('true');
			expect(await violationsOn(page)).toEqual([]);
		});
	});
});

test('with everything open it passes axe and fits a phone', async () => {
	await onPage(
		'/topology#replay=booking&kind=p95&t=40',
		async (page) => {
			await spans(page).waitFor();
			await service(page, 'gateway').click();
			await page.locator('summary', { hasText: 'Break it' }).click();
			for (const name of [/as a table/, /as a tree/])
				await page.locator('summary', { hasText: name }).click();
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
			expect(await violationsOn(page)).toEqual([]);
		},
		{ viewport: { width: 360, height: 740 } }
	);
});
