import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { memoryStore } from '../../../src/lib/platform/storage';
import HtmlShell from '../../../src/lib/terminal/HtmlShell.svelte';
import { Terminal } from '../../../src/lib/terminal/terminal.svelte';

function setup(files: Record<string, string> | Error = { 'README.md': 'hello from a file\n' }) {
	const visited: string[] = [];
	const terminal = new Terminal({
		handle: 'visitor',
		loadCommands: async () => [],
		loadFiles: async () => {
			if (files instanceof Error) throw files;
			return files;
		},
		places: { topology: '/topology' },
		navigate: (path) => visited.push(path),
		store: memoryStore()
	});
	render(HtmlShell, { terminal });
	return { terminal, visited, input: screen.getByRole('textbox') };
}

test('a typed command is answered in the log', async () => {
	const { input } = setup();
	await userEvent.type(input, 'cat README.md{Enter}');
	await waitFor(() => expect(screen.getByRole('log')).toHaveTextContent('hello from a file'), {
		timeout: 10_000
	});
});

test('a command that leads somewhere leads there', async () => {
	const { input, visited } = setup();
	await userEvent.type(input, 'open topology{Enter}');
	await waitFor(() => expect(visited).toEqual(['/topology']), { timeout: 10_000 });
});

test('a shell that cannot be loaded says so, and keeps the prompt', async () => {
	const { input } = setup(new Error('no network'));
	await userEvent.type(input, 'ls{Enter}');
	await waitFor(() => expect(screen.getByRole('log')).toHaveTextContent('could not be loaded'));
	expect(input).toBeInTheDocument();
});

test('arrow up brings the last command back', async () => {
	const { input } = setup();
	await userEvent.type(input, 'pwd{Enter}');
	await waitFor(() => expect(screen.getByRole('log')).toHaveTextContent('/home/visitor'), {
		timeout: 10_000
	});
	await userEvent.type(input, '{ArrowUp}');
	expect(input).toHaveValue('pwd');
});
