import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const eslint = new ESLint();

/** Messages of the import walls and of the simulator's fence for a line of code in a file. */
async function complaints(file: string, code: string): Promise<string[]> {
	const [result] = await eslint.lintText(`${code}\n`, { filePath: file, warnIgnored: true });
	return (result?.messages ?? [])
		.filter(({ ruleId, fatal }) => fatal || ruleId?.startsWith('no-restricted'))
		.map(({ message }) => message);
}

describe('the walls stand', () => {
	test.each([
		['src/lib/incident/x.ts', "import '$lib/topology';", 'may import only'],
		['src/lib/incident/x.ts', "import '../topology';", 'may import only'],
		['src/lib/profile/x.ts', "import '../../lib/terminal';", 'may import only'],
		['src/lib/content/x.ts', "import '$lib/ui';", 'may import only simulation'],
		['src/lib/ui/x.ts', "import '$lib/content';", 'may import only nothing of ours'],
		['src/lib/platform/x.ts', "import '$lib/content';", 'may import only simulation'],
		['src/lib/simulation/x.ts', "import '../platform';", 'may import only nothing of ours'],
		['src/lib/topology/x.ts', "import '$lib/platform/storage';", 'by its index.ts only'],
		['src/lib/profile/x.ts', "import 'svelte/store';", 'Runes only'],
		['src/lib/incident/x.ts', "import 'just-bash/browser';", 'Only src/lib/terminal/shell.ts'],
		['src/lib/terminal/x.ts', "import '@xterm/xterm';", 'Only src/lib/terminal/screen.ts'],
		['src/routes/x.ts', "import '$lib/topology/layout';", 'in their index.ts'],
		['src/routes/x.ts', "import 'd3-force';", 'Only src/lib/topology/layout.ts'],
		['src/lib/simulation/x.ts', 'export const x = Math.random();', 'Draw from a stream'],
		['src/lib/simulation/x.ts', 'export const x = Math.log(2);', 'Engines round it differently'],
		['src/lib/simulation/x.ts', 'export const x = (y: number) => y ** 2;', 'multiply'],
		['src/lib/simulation/x.ts', 'export const x = Date.now();', 'its own clock']
	])('%s: %s', async (file, code, reason) => {
		const found = await complaints(file, code);
		expect(found).toHaveLength(1);
		expect(found[0]).toContain(reason);
	});
});

describe('the doors are open', () => {
	test.each([
		['src/lib/incident/x.ts', "import '$lib/content';"],
		['src/lib/incident/x.ts', "import '$lib/ui';"],
		['src/lib/incident/x.ts', "import './score';"],
		['src/lib/platform/x.ts', "import '$lib/simulation';"],
		['src/lib/topology/layout.ts', "import 'd3-force';"],
		['src/lib/terminal/shell.ts', "import 'just-bash/browser';"],
		['src/routes/x.ts', "import '$lib/incident'; import '$lib/topology';"],
		['src/routes/x.ts', "import site from '$lib/content/site.server'; export { site };"],
		['src/lib/topology/x.ts', 'export const x = Math.sin(1);'],
		['src/lib/simulation/x.ts', 'export const x = Math.sqrt(2);']
	])('%s: %s', async (file, code) => {
		expect(await complaints(file, code)).toEqual([]);
	});
});
