/**
 * Runs a TypeScript file as it would run on the site: bundled, since imports that are looked up at every use would cost
 * the simulator a third of its speed. `node scripts/run.js FILE [ARGUMENTS]`; the file's `main` gets the arguments.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const [file, ...args] = process.argv.slice(2);
const outDir = mkdtempSync(join(root, 'node_modules/.run-'));
try {
	await build({
		root,
		configFile: false,
		logLevel: 'error',
		build: {
			ssr: join(root, file),
			outDir,
			minify: false,
			rolldownOptions: { output: { entryFileNames: 'main.js' } }
		}
	});
	const { main } = await import(pathToFileURL(join(outDir, 'main.js')).href);
	process.exitCode = await main(args);
} finally {
	rmSync(outDir, { recursive: true, force: true });
}
