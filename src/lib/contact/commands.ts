import type { Command } from '$lib/platform';

export interface ContactCommandsInput {
	email: string;
}

/** `contact`: the address, and the way to the form. */
export function contactCommands({ email }: ContactCommandsInput): Command[] {
	return [
		{
			name: 'contact',
			summary: 'the secure access terminal: write a message',
			usage: 'contact',
			run: (args) =>
				args.length > 0
					? { output: '', error: 'contact: takes no arguments\n', exitCode: 2 }
					: { output: `${email}\n`, effects: [{ kind: 'navigate', path: '/#contact' }] }
		}
	];
}
