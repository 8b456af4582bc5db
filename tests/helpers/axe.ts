import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const themes = ['dark', 'light', 'contrast'] as const;

interface AxeWindow {
	axe: {
		run(
			context: Document,
			options: object
		): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
	};
}

/** What axe finds on a page as it is, in each theme; a line a rule. */
export async function violationsOn(page: Page): Promise<string[]> {
	await page.evaluate(axe); // through the debugger, which the page's policy does not concern
	const found: string[] = [];
	for (const theme of themes) {
		await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
		const violations = await page.evaluate(async (values) => {
			const result = await (window as unknown as AxeWindow).axe.run(document, {
				runOnly: { type: 'tag', values }
			});
			return result.violations.map(
				({ id, nodes }) =>
					`${id}: ${nodes
						.map((node) => node.html.slice(0, 160))
						.slice(0, 4)
						.join(' | ')}`
			);
		}, tags);
		found.push(...violations.map((each) => `${theme}: ${each}`));
	}
	return found;
}
