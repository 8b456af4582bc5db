import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

/**
 * The simulator as one module, as the site ships it. A test runner looks every import up at every use, which would take
 * two thirds of its speed and millions of requests to their limit.
 */
export async function bundledSimulator(): Promise<typeof import('../../src/lib/simulation')> {
	const outDir = await mkdtemp(join(process.cwd(), 'node_modules', '.simulator-'));
	try {
		await build({
			configFile: false,
			logLevel: 'error',
			build: {
				ssr: 'src/lib/simulation/index.ts',
				outDir,
				minify: false,
				rolldownOptions: { output: { entryFileNames: 'simulator.js' } }
			}
		});
		return await import(/* @vite-ignore */ pathToFileURL(join(outDir, 'simulator.js')).href);
	} finally {
		await rm(outDir, { recursive: true });
	}
}
