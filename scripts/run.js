/** Runs a TypeScript file with Vite's own loader: `node scripts/run.js FILE [ARGUMENTS]`. Its `main` gets the arguments. */
import { runnerImport } from 'vite';

const [file, ...args] = process.argv.slice(2);
const { module } = await runnerImport(new URL(`../${file}`, import.meta.url).pathname, {
	configFile: false,
	logLevel: 'error'
});
process.exitCode = await module.main(args);
