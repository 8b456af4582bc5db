import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, firefox, webkit, type BrowserType } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { build } from 'vite';
import { browserArguments } from '../helpers/find-browser';
import { fingerprints } from '../helpers/identity';
import { identityRuns, identitySeconds, outageRuns } from '../helpers/identity-runs';

const engines: { name: string; type: BrowserType; path: string }[] = [
	{ name: 'Chromium', type: chromium, path: inject('browser') },
	{ name: 'Firefox', type: firefox, path: firefox.executablePath() },
	{ name: 'WebKit', type: webkit, path: webkit.executablePath() }
];
const here = engines.filter(({ path }) => existsSync(path));
const absent = engines.filter((engine) => !here.includes(engine)).map(({ name }) => name);
const notRun = absent.length ? ` (not on this machine: ${absent.join(', ')})` : '';

/** The simulator as one script that leaves `fingerprints` on the page. */
async function bundle(): Promise<string> {
	const outDir = await mkdtemp(join(tmpdir(), 'simulator-'));
	try {
		await build({
			configFile: false,
			logLevel: 'error',
			build: {
				outDir,
				lib: {
					entry: 'tests/helpers/identity.ts',
					name: 'simulator',
					formats: ['iife'],
					fileName: () => 'simulator.js'
				}
			}
		});
		return readFileSync(join(outDir, 'simulator.js'), 'utf8');
	} finally {
		await rm(outDir, { recursive: true });
	}
}

test.each(here)(
	`the simulator gives the same figures in $name as in Node${notRun}`,
	async ({ name, type, path }) => {
		const inputs = [...identityRuns(), ...outageRuns()];
		const browser = await type.launch({
			executablePath: path,
			args: name === 'Chromium' ? browserArguments : []
		});
		try {
			const page = await browser.newPage();
			await page.addScriptTag({ content: await bundle() });
			const there = await page.evaluate(
				([runs, seconds]) =>
					(
						globalThis as unknown as { simulator: { fingerprints: typeof fingerprints } }
					).simulator.fingerprints(runs, seconds),
				[inputs, identitySeconds] as const
			);
			expect(there).toEqual(fingerprints(inputs, identitySeconds));
		} finally {
			await browser.close();
		}
	}
);
