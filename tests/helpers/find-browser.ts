import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const onThisMachine = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

/**
 * A Chromium to test in: the one FOURNINES_CHROMIUM names, the machine's own, Playwright's, and on a Debian machine as
 * root the package.
 * @throws Error that says in one line what to install
 */
export function findBrowser(): string {
	const named = process.env['FOURNINES_CHROMIUM'];
	if (named) {
		if (existsSync(named)) return named;
		throw new Error(`FOURNINES_CHROMIUM names ${named}, which is not there.`);
	}
	const found = [...onThisMachine, chromium.executablePath()].find((path) => existsSync(path));
	if (found) return found;
	if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
		const quiet = {
			stdio: 'inherit' as const,
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
		};
		execFileSync('apt-get', ['update', '-qq'], quiet);
		execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], quiet);
		return '/usr/bin/chromium';
	}
	throw new Error(
		'The browser tests need Chrome or Chromium: install one, or set FOURNINES_CHROMIUM to its path.'
	);
}

/** Chromium asks nothing of the network by itself; its sandbox does not run as root. */
export const browserArguments = [
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];
