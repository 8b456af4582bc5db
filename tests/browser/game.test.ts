import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { loadFolder } from '../../src/lib/content/load-folder';
import { live, onPage, useBrowser } from '../helpers/page';

useBrowser();

const { scenarios } = loadFolder('src/content');
function scenarioOf(number: number) {
	const scenario = scenarios.find((each) => each.number === number);
	if (!scenario) throw new Error(`there is no scenario ${number}`);
	return scenario;
}

const round = scenarioOf(23);
const storm = scenarioOf(41);
const minute = 60_000;

const take = (page: Page) => page.getByRole('button', { name: 'Take the incident' });
const goOn = (page: Page) => page.getByRole('button', { name: /Go on/ });
const readOn = (page: Page) => page.getByRole('button', { name: 'Read the post-mortem' });

async function begin(page: Page) {
	await live(page);
	await take(page).click();
	await page.locator('#question').waitFor({ timeout: minute });
}

/** Chooses an action by its label and waits for what it leads to. */
async function choose(page: Page, label: string) {
	await page.getByRole('button', { name: label.trim() }).click();
	await goOn(page).or(readOn(page)).first().waitFor({ timeout: minute });
}

const labelOf = (scenario: typeof round, id: string) =>
	scenario.steps.flatMap(({ actions }) => actions).find((action) => action.id === id)?.label ?? '';
const safeLabels = (scenario: typeof round) =>
	scenario.steps.map(
		({ actions }) => actions.find(({ verdict }) => verdict === 'safe')?.label ?? ''
	);

async function solve(page: Page, scenario: typeof round, from = 0) {
	for (const label of safeLabels(scenario).slice(from)) {
		await choose(page, label);
		if (await goOn(page).isVisible()) await goOn(page).click();
	}
	await readOn(page).waitFor({ timeout: minute });
}

test(
	'a clean fix is scored, accounted for, and replayed to the digit by whoever opens its link',
	{ timeout: 3 * minute },
	async () => {
		let address = '';
		let impact = '';
		await onPage(`/incidents/${round.slug}`, async (page) => {
			await begin(page);
			await solve(page, round);
			expect(await page.getByText(/\+175 points/).count()).toBe(1);
			await readOn(page).click();
			await page.locator('#post-mortem').waitFor();
			impact = await page.getByText(/requests failed in \d+ simulated seconds/).innerText();
			await page.getByText(/on the best line/).waitFor({ timeout: minute });
			address = (await page.locator('a[href*="replay="]').getAttribute('href')) ?? '';
			expect(address.split('replay=')[1]?.length).toBeLessThan(60);
		});
		const { pathname, search } = new URL(address);
		await onPage(pathname + search, async (page) => {
			await live(page);
			await page.getByRole('button', { name: 'Show that round' }).click({ timeout: minute });
			await readOn(page).click({ timeout: minute });
			expect(await page.getByText(/requests failed in \d+ simulated seconds/).innerText()).toBe(
				impact
			);
			// Somebody else's round counts for nothing here.
			expect(await page.getByText('A replay counts for nothing.').count()).toBe(1);
			expect(await page.locator('dl[aria-label=Scorecard]').innerText()).toMatch(/solved\s+0 of/);
		});
		await onPage(`${pathname}?replay=${search.slice(8, -3)}xyz`, async (page) => {
			await live(page);
			await page.getByRole('alert').filter({ hasText: 'cannot be shown' }).waitFor();
			expect(await take(page).isVisible()).toBe(true);
		});
	}
);

test('a harmful decision can end a round as a crash', { timeout: 2 * minute }, async () => {
	await onPage(`/incidents/${storm.slug}`, async (page) => {
		await begin(page);
		await choose(page, safeLabels(storm)[0] ?? '');
		await goOn(page).click();
		await choose(page, labelOf(storm, 'shelter-reads'));
		await page.getByText(/^Crashed: /).waitFor();
		await readOn(page).click();
		expect(await page.locator('#post-mortem').innerText()).toContain(storm.title);
	});
});

test(
	'a hint costs its points, and a reload in the middle takes the round up where it was',
	{ timeout: 2 * minute },
	async () => {
		await onPage(`/incidents/${round.slug}`, async (page) => {
			await begin(page);
			await page.getByRole('button', { name: /^Hint/ }).click();
			await page.getByText(round.steps[0]?.hint ?? '').waitFor();
			await choose(page, safeLabels(round)[0] ?? '');
			const meters = () =>
				page
					.getByRole('meter')
					.evaluateAll((all) => all.map((meter) => meter.getAttribute('aria-valuetext')));
			const before = await meters();
			await page.reload();
			await live(page);
			await page.locator('#question').waitFor({ timeout: minute });
			expect(await page.locator('#question').innerText()).toBe(round.steps[1]?.question);
			expect(await meters()).toEqual(before);
			await solve(page, round, 1);
			expect(await page.getByText(/\+75 points/).count()).toBe(1);
		});
	}
);

test(
	'a screen reader hears verdicts and changes of state, and no ticking',
	{ timeout: minute },
	async () => {
		await onPage(
			`/incidents/${round.slug}`,
			async (page) => {
				await live(page);
				await page.evaluate(() => {
					const heard: string[] = [];
					(window as unknown as { heard: string[] }).heard = heard;
					// What assistive technology is told: text that changes inside a live region.
					new MutationObserver((changes) => {
						for (const { target } of changes) {
							const region = (target instanceof Element ? target : target.parentElement)?.closest(
								'[role=status], [role=alert], [aria-live]'
							);
							const text = region?.textContent?.trim();
							if (text && heard.at(-1) !== text) heard.push(text);
						}
					}).observe(document.body, { subtree: true, childList: true, characterData: true });
				});
				await begin(page);
				await choose(page, safeLabels(round)[0] ?? '');
				const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
				expect(heard.filter((text) => text.includes('Twenty seconds of traffic'))).toHaveLength(1);
				expect(heard.filter((text) => text.startsWith('Safe. It stays.'))).toHaveLength(1);
				expect(heard.length).toBeLessThan(5);
				const tree = await page.locator('main').ariaSnapshot();
				expect(tree).toMatch(/meter "latency, p95"/);
				expect(tree).toMatch(/region "The round"/);
			},
			// At its usual pace: a tick would be heard.
			{ reducedMotion: 'no-preference' }
		);
	}
);

test('a step is practised by itself, and a gauge says why', { timeout: 2 * minute }, async () => {
	await onPage(`/incidents/${round.slug}`, async (page) => {
		await live(page);
		await page.getByText('Practise one step').click();
		await page.getByRole('button', { name: '3 fix' }).click();
		await page.locator('#question').waitFor({ timeout: minute });
		expect(await page.locator('#question').innerText()).toBe(round.steps[2]?.question);
		await page.locator('summary', { hasText: 'latency' }).first().click();
		await page.getByText(/Little's law/).waitFor();
		expect(await page.getByText(/per second =/).count()).toBe(1);
	});
});

test(
	'the deck is filtered, ordered, picked from, saved and taken over',
	{ timeout: minute },
	async () => {
		await onPage('/incidents', async (page) => {
			await live(page);
			const shown = () => page.locator('main ul[role=list] .number').allInnerTexts();
			const all = await shown();
			expect(all).toEqual(all.toSorted((a, b) => Number(a) - Number(b)));
			await page.getByRole('button', { name: /^runtime / }).click();
			expect((await shown()).length).toBeLessThan(all.length);
			await page.getByRole('button', { name: 'all', exact: true }).click();
			await page.locator('main select').selectOption('random');
			expect((await shown()).toSorted()).toEqual(all.toSorted());
			await page.getByText('Progress is kept on this device').click();
			const progress = {
				kind: 'outage-game',
				version: 1,
				score: 175,
				solved: [23],
				rounds: 1,
				crashes: 0,
				streak: 1,
				bestStreak: 1,
				bestScore: 175,
				hints: 0
			};
			const file = (text: string) => ({
				name: 'progress.json',
				mimeType: 'application/json',
				buffer: Buffer.from(text)
			});
			const input = page.getByLabel('Open a file');
			await input.setInputFiles(file('{"kind":"outage-game","version":1,"score":-1}'));
			await page.getByText(/^Nothing was changed: /).waitFor();
			await input.setInputFiles(file(JSON.stringify(progress)));
			await page.getByText('Taken over: 1 solved.').waitFor();
			const [download] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('button', { name: 'Save as a file' }).click()
			]);
			expect(download.suggestedFilename()).toMatch(/^outage-game-\d{4}-\d\d-\d\d\.json$/);
			await page.getByLabel('Number', { exact: true }).fill('23');
			await page.getByRole('button', { name: 'Play', exact: true }).click();
			await page.waitForURL(new RegExp(`/incidents/${round.slug}$`));
		});
	}
);
