import { expect, test } from 'vitest';
import { live, onPage, useBrowser } from '../helpers/page';

useBrowser();

test('a chosen theme is there before the first paint of the next page', async () => {
	await onPage('/', async (page) => {
		await live(page);
		await page.getByLabel('Theme').selectOption('light');
		await page.goto(page.url().replace(/\/$/, '/decisions'), { waitUntil: 'commit' });
		await page.waitForSelector('body', { state: 'attached' });
		expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
	});
});

test('the keyboard reaches everything, sees where it is, and is never trapped', async () => {
	await onPage('/recruiter', async (page) => {
		await live(page);
		const total = await page.evaluate(
			() =>
				[...document.querySelectorAll('a[href], button, select, input, summary')].filter((each) =>
					each.checkVisibility({ visibilityProperty: true })
				).length
		);
		const reached = new Set<number>();
		for (let step = 0; step < total + 5; step++) {
			await page.keyboard.press('Tab');
			const { index, outlined } = await page.evaluate(() => {
				const active = document.activeElement ?? document.body;
				return {
					index: [...document.querySelectorAll('*')].indexOf(active),
					outlined: active === document.body || getComputedStyle(active).outlineStyle !== 'none'
				};
			});
			expect(outlined).toBe(true);
			reached.add(index);
		}
		expect(reached.size).toBeGreaterThanOrEqual(total);
	});
});

test(
	'the backtick opens a shell that pipes, and closes it again',
	{ timeout: 90_000 },
	async () => {
		await onPage('/', async (page) => {
			await live(page);
			await page.keyboard.press('`');
			const shell = page.locator('.xterm-helper-textarea');
			await shell.waitFor({ state: 'attached', timeout: 30_000 });
			await page.waitForFunction(
				() => document.activeElement?.classList.contains('xterm-helper-textarea'),
				undefined,
				{ timeout: 30_000 }
			);
			await page.keyboard.type('echo ni{n,k}e | tr a-z A-Z');
			await page.keyboard.press('Enter');
			await page.getByText('NINE NIKE').first().waitFor({ state: 'attached', timeout: 30_000 });
			await page.keyboard.press('Escape');
			await shell.waitFor({ state: 'detached' });
			expect(await page.locator('footer button[aria-expanded=false]').count()).toBe(1);
		});
	}
);

test('a command in a link waits in the prompt and does not run', { timeout: 90_000 }, async () => {
	await onPage('/?run=echo%20ran-by-itself', async (page) => {
		await live(page);
		await page.locator('.xterm-helper-textarea').waitFor({ state: 'attached', timeout: 30_000 });
		const screen = page.locator('.xterm-accessibility-tree');
		await screen.getByText('echo ran-by-itself').waitFor({ state: 'attached' });
		expect(await screen.getByText(/^ran-by-itself/).count()).toBe(0);
		await page.locator('.xterm-helper-textarea').focus();
		await page.keyboard.press('Enter');
		await screen.getByText(/^ran-by-itself/).waitFor({ state: 'attached', timeout: 30_000 });
	});
});

test('the shell offers, finds again and pages', { timeout: 90_000 }, async () => {
	await onPage('/', async (page) => {
		await live(page);
		await page.keyboard.press('`');
		await page.locator('.xterm-helper-textarea').waitFor({ state: 'attached', timeout: 30_000 });
		const screen = page.locator('.xterm-accessibility-tree');
		const count = (text: string) => screen.getByText(text, { exact: true }).count();
		await page.keyboard.type('echo once-more');
		await page.keyboard.press('Enter');
		await screen
			.getByText('once-more', { exact: true })
			.waitFor({ state: 'attached', timeout: 30_000 });
		await page.keyboard.press('Control+r');
		await page.keyboard.type('once');
		await screen.getByText(/search.*echo once-more/).waitFor({ state: 'attached' });
		await page.keyboard.press('Enter');
		await expect.poll(() => count('once-more')).toBe(2);
		await page.keyboard.type('echo on');
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('Enter');
		await expect.poll(() => count('once-more')).toBe(3);
		await page.keyboard.type('seq 200');
		await page.keyboard.press('Enter');
		await screen.getByText(/lines more: space goes on/).waitFor({ state: 'attached' });
		await page.keyboard.press('q');
		await page.keyboard.type('echo after');
		await page.keyboard.press('Enter');
		await expect.poll(() => count('after')).toBe(1);
	});
});

test(
	'a round is played from the list to its post-mortem with the keyboard alone',
	{ timeout: 180_000 },
	async () => {
		await onPage('/incidents', async (page) => {
			await live(page);
			await page.locator('main ul[role=list] a').first().focus();
			await page.keyboard.press('Enter');
			await page.waitForURL(/\/incidents\/.+/);
			const take = page.getByRole('button', { name: 'Take the incident' });
			await take.waitFor({ timeout: 60_000 });
			await take.focus();
			await page.keyboard.press('Enter');
			const question = page.locator('#question');
			const verdict = page.getByRole('button', { name: 'Go on' });
			const over = page.getByRole('button', { name: 'Read the post-mortem' });
			const postMortem = page.locator('#post-mortem');
			const next = question.or(verdict).or(over).or(postMortem).first();
			for (let move = 0; move < 60 && !(await postMortem.isVisible()); move++) {
				await next.waitFor({ timeout: 60_000 });
				if (await verdict.isVisible()) {
					await page.keyboard.press('n');
					await verdict.waitFor({ state: 'detached' });
				} else if (await over.isVisible()) {
					await over.focus();
					await page.keyboard.press('Enter');
					await over.waitFor({ state: 'detached' });
				} else if (await question.isVisible()) {
					const open = page.locator('ol[aria-labelledby=question] button:not(:disabled) kbd');
					await page.keyboard.press(await open.first().innerText());
					await verdict.or(over).or(postMortem).first().waitFor({ timeout: 60_000 });
				}
			}
			expect(await postMortem.innerText()).toMatch(/^Post-mortem: /);
		});
	}
);

test('a request replayed over the map shows the spans that it spent its time in', async () => {
	await onPage('/topology', async (page) => {
		await live(page);
		await page.mouse.move(300, 300); // the first sign of somebody: the system runs
		const replay = page.getByRole('button', { name: 'Replay a request' });
		await replay.click();
		const spans = page.getByRole('list', { name: /Spans of the request/ }).getByRole('listitem');
		await spans.first().waitFor({ timeout: 30_000 });
		expect(await spans.count()).toBeGreaterThan(1);
	});
});

test('the recruiter page prints on two pages at most', async () => {
	for (const path of ['/recruiter', '/resume'])
		await onPage(path, async (page) => {
			await live(page);
			const pdf = await page.pdf({ format: 'A4' });
			const pages = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? [];
			expect(pages.length, path).toBeGreaterThan(0);
			expect(pages.length, path).toBeLessThanOrEqual(2);
		});
});

test('the recruiter page is one keystroke away', async () => {
	await onPage('/', async (page) => {
		await live(page);
		await page.keyboard.press('Alt+r');
		await page.waitForURL(/\/recruiter$/);
		expect(await page.locator('main h1').count()).toBe(1);
	});
});
