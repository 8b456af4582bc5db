import { describe, expect, it } from 'vitest';
import type { Module } from '$lib/content';
import { profileCommands } from '../../../src/lib/profile/commands';
import { entry, profile, report, topology } from './site';

const core: Module = {
	slug: 'core',
	title: 'Booking Core',
	status: 'stable',
	path: ['Gateway', 'Engine'],
	problem: 'Collisions.',
	solution: 'Locks.',
	impact: 'None left.',
	tags: [],
	skills: [],
	related: [{ kind: 'decision', slug: 'redis-locking', title: 'Redis locking' }]
};
let latest = report();
const commands = profileCommands({
	profile,
	log: [
		entry(2022),
		entry(2024, { kind: 'performance', facts: [{ text: 'less waiting', figure: '−40 %' }] })
	],
	modules: [core],
	principles: [
		{
			slug: 'kiss',
			name: 'KISS',
			motto: 'Explainable.',
			meaning: { html: '', text: '', markdown: '', headings: [] },
			practice: 'One boundary.'
		}
	],
	system: { objective: topology.objective, reports: () => [latest] }
});

async function run(line: string) {
	const [name, ...args] = line.split(' ');
	const command = commands.find((one) => one.name === name);
	if (!command) throw new Error(`no command ${name}`);
	return command.run(args, '');
}

describe('the profile in the shell', () => {
	it('answers whoami with what the owner gave, and nothing else', async () => {
		const { output } = await run('whoami');
		expect(output).toContain('Ada Example, Backend Engineer\nKeeps things running.\n');
		expect(output).toContain('focus       queues, caches\n');
		expect(output).toContain('80+  APIs\n');
		expect(output).not.toMatch(/location|undefined/);
	});

	it('prints the log newest first, and by year or kind', async () => {
		expect((await run('log')).output).toMatch(/^2024 .*\n.*less waiting \(−40 %\)\n2022 /);
		expect((await run('log --year 2022')).output).toMatch(/^2022 .*\n$/);
		expect((await run('log --kind performance')).output).toMatch(/^2024 /);
	});

	it('tells a wrong year from a wrong option', async () => {
		expect(await run('log --year 1999')).toEqual({
			output: '',
			error: 'log: nothing of year 1999; there is 2024, 2022\n',
			exitCode: 1
		});
		expect(await run('log --colour')).toMatchObject({ exitCode: 2 });
		expect(await run('log --year')).toMatchObject({ exitCode: 2 });
	});

	it('lists modules, shows one, and names those there are', async () => {
		expect((await run('modules')).output).toBe('core  [stable]\n  Gateway > Engine\n');
		expect((await run('modules core')).output).toContain('/decisions/redis-locking  Redis locking');
		expect((await run('modules cores')).error).toBe('modules: no module cores; there is core\n');
	});

	it('prints principles with their practice', async () => {
		expect((await run('principles')).output).toBe('KISS    Explainable.\n        One boundary.\n');
	});

	it('answers status like a health check', async () => {
		expect(await run('status')).toMatchObject({ exitCode: 0 });
		latest = report({
			errorRatio: 0.5,
			completed: 233,
			errors: { ...report().errors, timeout: 233 }
		});
		const { output, exitCode } = await run('status');
		expect(exitCode).toBe(1);
		expect(output).toMatch(/errors\s+50 %\s+at most 1\.0 %\s+failing/);
	});

	it('completes options and their values', () => {
		const log = commands.find(({ name }) => name === 'log');
		expect(log?.complete?.([])).toEqual(['--year', '--kind']);
		expect(log?.complete?.(['--year'])).toEqual(['2024', '2022']);
		expect(log?.complete?.(['--year', '2024'])).toEqual(['--kind']);
	});
});
