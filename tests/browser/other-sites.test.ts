import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { live, onPage, pagesOf, site, useBrowser } from '../helpers/page';

useBrowser();

/** What is peculiar to the first owner: name, handle, figures, claims, and the titles of everything said. */
function peculiarities(): string[] {
	const profile = parse(readFileSync('src/content/profile.yaml', 'utf8')) as {
		name: string;
		handle: string;
		summary: string;
		figures: { value: string; label: string }[];
		claims: { claim: string }[];
		contact: { email: string };
	};
	const titles = ['decisions', 'incidents', 'log', 'modules', 'principles', 'scenarios'].flatMap(
		(folder) =>
			readdirSync(join('src/content', folder)).flatMap((file) => {
				const text = readFileSync(join('src/content', folder, file), 'utf8');
				return [...text.matchAll(/^title: *['"]?(.*?)['"]? *$/gm)].map(([, title = '']) => title);
			})
	);
	return [
		profile.name,
		profile.handle,
		profile.summary,
		profile.contact.email,
		...profile.figures.map(({ label }) => label),
		...profile.claims.map(({ claim }) => claim),
		...titles
	].filter((each) => each && each.length > 4);
}

test('a second, minimal site has no trace of the first', () => {
	const { folder } = site('minimal');
	const wanted = peculiarities();
	expect(wanted.length).toBeGreaterThan(20);
	const traces = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.(html|js|json|txt|xml|vcf|svg|css)$/.test(file))
		.flatMap((file) => {
			const text = readFileSync(join(folder, file), 'utf8').toLowerCase();
			return wanted
				.filter((each) => text.includes(each.toLowerCase()))
				.map((each) => `${file}: ${each}`);
		});
	expect(traces).toEqual([]);
});

test('the first site has them all, so that the search above can find something', () => {
	const { folder } = site();
	const landing = readFileSync(join(folder, 'index.html'), 'utf8');
	expect(peculiarities().filter((each) => landing.includes(each)).length).toBeGreaterThan(5);
});

describe.each(['minimal', 'hostile'] as const)('the %s site', (name) => {
	test.each(pagesOf(name))(
		'%s comes alive, runs nothing of the content and fits 360 px',
		async (path) => {
			await onPage(
				path,
				async (page) => {
					await live(page);
					const { hacked, excess } = await page.evaluate(() => ({
						hacked: (window as unknown as { hacked?: boolean }).hacked,
						excess: document.documentElement.scrollWidth - window.innerWidth
					}));
					expect(hacked).toBeUndefined();
					expect(excess).toBeLessThanOrEqual(0);
				},
				{ site: name, viewport: { width: 360, height: 740 } }
			);
		}
	);
});
