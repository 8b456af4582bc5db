import { resolve } from '$app/paths';
import type { Scenario, Site } from '$lib/content';
import type { Command, RunningSystem } from '$lib/platform';

/** What the shell is made of; `shell.json` holds it. */
export interface ShellData {
	files: Record<string, string>;
	site: Pick<Site, 'profile' | 'topology' | 'log' | 'modules' | 'principles' | 'decisions'> & {
		scenarios: Pick<Scenario, 'number' | 'slug' | 'title' | 'family' | 'severity' | 'page'>[];
	};
}

async function read(path: string): Promise<string> {
	const response = await fetch(resolve(path as '/'));
	if (!response.ok) throw new Error(`${path} answered ${response.status}`);
	return response.text();
}

/** The features' commands and the files, loaded together when the shell is first used. */
export function shellLoader(system: RunningSystem) {
	let data: Promise<ShellData> | undefined;
	const load = () => (data ??= read('/shell.json').then((text) => JSON.parse(text) as ShellData));
	return {
		loadFiles: async (): Promise<Record<string, string>> => (await load()).files,
		async loadCommands(): Promise<Command[]> {
			const [{ site }, { shellCommands }] = await Promise.all([load(), import('./shell-commands')]);
			return shellCommands(site, system, read);
		}
	};
}
