import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { jsonResume } from '../../../src/lib/recruiter/json-resume';
import { resumeOf } from '../../../src/lib/recruiter/resume';
import { shellFiles } from '../../../src/lib/terminal/files';
import { createShell } from '../../../src/lib/terminal/shell';
import { differences } from '../../fixtures/terminal/differences';

const site = loadFolder('src/content');
const files = {
	...shellFiles(site),
	'resume.json': `${JSON.stringify(jsonResume(resumeOf(site, 'https://example.com')), null, 2)}\n`
};
const commands = readFileSync('tests/fixtures/terminal/one-liners.txt', 'utf8')
	.split('\n')
	.filter((line) => line && !line.startsWith('#'));

const home = mkdtempSync(join(tmpdir(), 'home-'));
for (const [path, text] of Object.entries(files)) {
	mkdirSync(dirname(join(home, path)), { recursive: true });
	writeFileSync(join(home, path), text);
}
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Answer {
	output: string;
	exitCode: number;
}

function inBash(line: string): Answer {
	const { stdout, status } = spawnSync('bash', ['-c', line], {
		cwd: home,
		env: { HOME: home, PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' },
		encoding: 'utf8'
	});
	return { output: stdout.replaceAll(home, '~'), exitCode: status ?? -1 };
}

async function inOurs(line: string): Promise<Answer> {
	const { output, exitCode } = await createShell(files, [], 'visitor').run(line);
	return { output: output.replaceAll('/home/visitor', '~'), exitCode };
}

test('one-liners over the portfolio answer as they do in the bash of the machine', async () => {
	const hasJq = spawnSync('jq', ['--version']).status === 0;
	if (!hasJq) console.log('jq is not on this machine: its lines are not compared');
	const compared = commands.filter((line) => hasJq || !line.startsWith('jq '));
	expect(compared.length).toBeGreaterThanOrEqual(150);
	const found: Record<string, string> = {};
	for (const line of compared) {
		const [theirs, ours] = [inBash(line), await inOurs(line)];
		if (theirs.output !== ours.output || theirs.exitCode !== ours.exitCode)
			found[line] = `${JSON.stringify(theirs)} here ${JSON.stringify(ours)}`;
	}
	const unexplained = Object.entries(found).filter(([line]) => !(line in differences));
	expect(Object.fromEntries(unexplained)).toEqual({});
	// What differs no longer is taken off the list.
	const gone = Object.keys(differences).filter((line) => compared.includes(line) && !found[line]);
	expect(gone).toEqual([]);
});
