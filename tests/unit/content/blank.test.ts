import { expect, test } from 'vitest';
import { blank, blankKinds } from '../../../src/lib/content/blank';
import { loadSite } from '../../../src/lib/content/load';
import { readFolder } from '../../../src/lib/content/read-folder';
import { lintDecisions } from '../../../src/lib/decisions/lint';

const files = readFolder('src/content');
const around = { files: Object.keys(files), today: '2031-04-05', services: ['gateway', 'api'] };

test.each(blankKinds)('a new %s is valid beside everything that is there', (kind) => {
	const made = blank(kind, 'Keep: it "small" & ünï #1', around);
	if ('problem' in made) throw new Error(made.problem);
	const loaded = loadSite({ ...files, [made.file]: made.text });
	if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
	expect(lintDecisions(loaded.site.decisions)).toEqual([]);
});

test('a decision gets the next free number and the date of the day', () => {
	const numbers = around.files.flatMap((file) => /^decisions\/(\d+)/.exec(file)?.[1] ?? []);
	const next = String(1 + Math.max(...numbers.map(Number))).padStart(4, '0');
	const made = blank('decision', 'Small is enough', around);
	expect(made).toMatchObject({
		file: `decisions/${next}-small-is-enough.md`,
		text: expect.stringContaining('date: 2031-04-05')
	});
	expect(blank('decision', 'First', { ...around, files: [] })).toMatchObject({
		file: 'decisions/0001-first.md'
	});
});

test.each([
	['decision', 'Redis locking'],
	['incident', 'Log volume spike'],
	['scenario', 'Pricing inconsistency']
] as const)('a %s under a name that is taken is refused: %s', (kind, title) => {
	expect(blank(kind, title, around)).toEqual({
		problem: expect.stringMatching(/is there already; choose another title$/)
	});
});

test('a scenario without a service to happen to is refused', () => {
	expect(blank('scenario', 'Nothing runs', { ...around, services: [] })).toEqual({
		problem: 'A scenario needs a service in topology.yaml to happen to.'
	});
});
