import { expect, test } from 'vitest';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { completeWord, didYouMean } from '../../../src/lib/terminal/completion';
import { shellFiles } from '../../../src/lib/terminal/files';
import { ownCommands } from '../../../src/lib/terminal/own-commands';
import { createShell } from '../../../src/lib/terminal/shell';

const files = shellFiles(loadFolder('src/content'));

function shell() {
	return createShell(files, ownCommands([], { topology: '/topology' }), 'visitor');
}

test('pipes, globs and counts answer truthfully over the files', async () => {
	const withRedis = Object.values(files).filter((text) => /redis/i.test(text)).length;
	expect((await shell().run('grep -ril redis ~ | wc -l')).output.trim()).toBe(String(withRedis));
});

test('the working directory, variables and the exit status live on between lines', async () => {
	const bash = shell();
	await bash.run('cd decisions; name=kafka');
	expect(bash.directory).toBe('~/decisions');
	expect((await bash.run('ls | grep -c $name')).output).toBe('1\n');
	await bash.run('false');
	expect((await bash.run('echo $?')).output).toBe('1\n');
});

test('an unknown command names the nearest one', async () => {
	const { error, exitCode } = await shell().run('hepl');
	expect(error).toMatch(/command not found; did you mean help\?/);
	expect(exitCode).toBe(127);
});

test('an endless loop ends and says so', async () => {
	const { error, exitCode } = await shell().run('while true; do :; done');
	expect(error).toMatch(/iterations|limit/i);
	expect(exitCode).not.toBe(0);
});

test('effects are answered as data, for the page to perform', async () => {
	expect((await shell().run('open topology')).effects).toEqual([
		{ kind: 'navigate', path: '/topology' }
	]);
	expect((await shell().run('theme light')).effects).toEqual([{ kind: 'theme', theme: 'light' }]);
});

test('the scenarios among the files give nothing away', () => {
	const scenarios = Object.entries(files).filter(([path]) => path.startsWith('scenarios/'));
	expect(scenarios.map(([, text]) => text).join()).not.toMatch(/safe|harmful|ineffective/);
	expect(scenarios.length).toBeGreaterThan(0);
});

test('words complete as shells do', async () => {
	expect(completeWord('de', ['decisions/', 'log/'])).toEqual({
		insert: 'cisions/',
		candidates: []
	});
	expect(completeWord('t', ['topology', 'top'])).toEqual({
		insert: 'op',
		candidates: ['top', 'topology']
	});
	expect(await shell().candidates('cat dec')).toContain('decisions/');
	// A command is told the words before the one that is typed, not that one.
	expect(await shell().candidates('open to')).toEqual(['topology']);
	expect(await shell().candidates('open topology ')).not.toContain('topology');
	expect(await shell().candidates('open --')).toEqual(['--help']);
	expect(didYouMean('topolgy', ['topology', 'theme'])).toBe('topology');
	expect(didYouMean('zzzz', ['topology', 'theme'])).toBeUndefined();
});
