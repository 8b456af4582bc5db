import { describe, expect, it } from 'vitest';
import { recruiterCommands } from '../../../src/lib/recruiter/commands';

function run(line: string, read = async (path: string) => `contents of ${path}\n`) {
	const [name, ...args] = line.split(' ');
	const command = recruiterCommands({ read }).find((offered) => offered.name === name);
	if (!command) throw new Error(`no command ${name}`);
	return command.run(args, '');
}

describe('the commands for recruiters', () => {
	it.each([
		['resume', '/resume.txt'],
		['resume text', '/resume.txt'],
		['resume json', '/resume.json']
	])('%s prints %s', async (line, path) => {
		expect(await run(line)).toEqual({ output: `contents of ${path}\n` });
	});

	it.each([
		['resume open', '/resume'],
		['recruiter', '/recruiter']
	])('%s goes to %s', async (line, path) => {
		expect(await run(line)).toEqual({ output: '', effects: [{ kind: 'navigate', path }] });
	});

	it.each(['resume pdf', 'resume constructor', 'resume text json'])(
		'%s is refused with what it takes',
		async (line) => {
			const { exitCode, error } = await run(line);
			expect([exitCode, error]).toEqual([2, expect.stringContaining('text, json or open')]);
		}
	);

	it('names the page when the file cannot be read', async () => {
		const result = await run('resume', () => Promise.reject(new TypeError('offline')));
		expect(result).toMatchObject({ exitCode: 1, error: expect.stringContaining('/resume') });
	});
});
