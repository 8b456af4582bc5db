import type { Command, CommandResult } from '$lib/platform';

export interface RecruiterCommandsInput {
	/** Fetches one of the CV's files: `/resume.txt`, `/resume.json`, without the base path. */
	read(path: string): Promise<string>;
}

const formats: Record<string, string> = { text: '/resume.txt', json: '/resume.json' };

/** `resume` and `recruiter`: the CV in the shell, and the page for those who hire. */
export function recruiterCommands({ read }: RecruiterCommandsInput): Command[] {
	return [
		{
			name: 'resume',
			summary: 'the CV, as text, as JSON, or on its page',
			usage: 'resume [text|json|open]',
			complete: (words) => (words.length === 0 ? ['text', 'json', 'open'] : []),
			run: ([format = 'text', ...rest]) => resume(read, format, rest)
		},
		{
			name: 'recruiter',
			summary: 'who this is, in thirty seconds',
			usage: 'recruiter',
			run: () => ({ output: '', effects: [{ kind: 'navigate', path: '/recruiter' }] })
		}
	];
}

async function resume(
	read: RecruiterCommandsInput['read'],
	format: string,
	rest: string[]
): Promise<CommandResult> {
	if (format === 'open' && rest.length === 0) {
		return { output: '', effects: [{ kind: 'navigate', path: '/resume' }] };
	}
	const path = Object.hasOwn(formats, format) ? formats[format] : undefined;
	if (path === undefined || rest.length > 0) {
		const given = [format, ...rest].join(' ');
		return {
			output: '',
			error: `resume: no format "${given}"; it takes text, json or open\n`,
			exitCode: 2
		};
	}
	try {
		return { output: await read(path) };
	} catch {
		return {
			output: '',
			error: `resume: ${path} could not be read; the page /resume has the same facts\n`,
			exitCode: 1
		};
	}
}
