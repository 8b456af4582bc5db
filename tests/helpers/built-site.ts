import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findBrowser } from './find-browser';
import { serveFolder } from './static-server';

/** The sites that the browser tests look at: the owner's, the fixtures, and the owner's under a base path. */
const sites = {
	first: {},
	minimal: { FOURNINES_CONTENT: 'tests/fixtures/sites/minimal' },
	hostile: { FOURNINES_CONTENT: 'tests/fixtures/sites/hostile' },
	underBase: { BASE_PATH: '/repo' }
} as const;
export type SiteName = keyof typeof sites;

declare module 'vitest' {
	export interface ProvidedContext {
		browser: string;
		sites: Record<SiteName, { origin: string; base: string; folder: string }>;
	}
}

function build(name: string, environment: Record<string, string>, folder: string): void {
	const { status, stdout, stderr } = spawnSync('npx', ['vite', 'build', '--logLevel', 'warn'], {
		env: {
			...process.env,
			...environment,
			FOURNINES_OUT: folder,
			NODE_ENV: 'production',
			VITEST: ''
		},
		encoding: 'utf8'
	});
	// Kit's own folder bears the name of the site's and is of use to nobody now; a name of its own lets two runs coexist.
	rmSync(join('.svelte-kit', basename(folder)), { recursive: true, force: true });
	if (status !== 0) throw new Error(`The site "${name}" does not build.\n${stdout}\n${stderr}`);
}

/**
 * Builds each site once and serves it while the browser tests run. Where FOURNINES_SITES names a folder, the sites stay
 * there and are not built again: for work on the tests themselves.
 */
export default async function setup(project: TestProject) {
	project.provide('browser', findBrowser());
	const kept = process.env['FOURNINES_SITES'];
	const parent = kept ?? mkdtempSync(join(tmpdir(), 'fournines-'));
	const running: { close(): Promise<void> }[] = [];
	const served: Record<string, { origin: string; base: string; folder: string }> = {};
	for (const [name, environment] of Object.entries(sites)) {
		const folder = join(parent, `${basename(parent)}-${name}`);
		if (!existsSync(join(folder, 'index.html'))) build(name, environment, folder);
		const base = 'BASE_PATH' in environment ? environment.BASE_PATH : '';
		const server = await serveFolder(folder, base);
		running.push(server);
		served[name] = { origin: server.origin, base, folder };
	}
	project.provide(
		'sites',
		served as Record<SiteName, { origin: string; base: string; folder: string }>
	);
	return async () => {
		await Promise.all(running.map((server) => server.close()));
		if (!kept) rmSync(parent, { recursive: true, force: true });
	};
}
