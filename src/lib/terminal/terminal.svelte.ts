import {
	deviceStore,
	Persisted,
	theme,
	themes,
	type Command,
	type Effect,
	type KeyValueStore
} from '$lib/platform';
import { remember } from './history';
import type { Places } from './own-commands';
import { sanitise } from './sanitise';
import type { Shell } from './shell';

export interface TerminalOptions {
	handle: string;
	/** The features' commands, fetched when the shell is first used. */
	loadCommands(): Promise<Command[]>;
	/** The portfolio as files, likewise. */
	loadFiles(): Promise<Record<string, string>>;
	places: Places;
	navigate(path: string): void;
	store?: KeyValueStore;
}

/** One command with its answer. */
export interface Entry {
	id: number;
	/** What stood before the command. */
	prompt: string;
	command: string;
	output: string;
	error: string;
}

const keptEntries = 200;

/**
 * The terminal's session: it lives as long as the visit, whichever face shows it, and loads its shell at the first
 * command. All text in it has been through the gate (`sanitise`).
 */
export class Terminal {
	readonly #options: TerminalOptions;
	readonly #history: Persisted<readonly string[]>;
	#shell: Promise<Shell> | undefined;
	#nextId = 0;
	#open = $state(false);
	#busy = $state(false);
	#entries = $state.raw<Entry[]>([]);
	#prompt = $state('');
	/** Text waiting in the prompt: a command that was offered, not run. */
	draft = $state('');

	constructor(options: TerminalOptions) {
		this.#options = options;
		this.#prompt = `${options.handle}:~$`;
		this.#history = new Persisted({
			key: 'shell-history',
			store: options.store ?? deviceStore(),
			initial: [],
			decode: (raw) =>
				Array.isArray(raw) &&
				raw.length <= 1000 &&
				raw.every((line) => typeof line === 'string' && line.length < 10_000)
					? { ok: true, value: raw.map(sanitise) }
					: { ok: false, problem: 'it is no list of commands' }
		});
	}

	get open(): boolean {
		return this.#open;
	}

	get busy(): boolean {
		return this.#busy;
	}

	get entries(): Entry[] {
		return this.#entries;
	}

	get prompt(): string {
		return this.#prompt;
	}

	get history(): readonly string[] {
		return this.#history.current;
	}

	/** Something for the visitor about what the device stored. */
	get problem(): string | undefined {
		return this.#history.problem;
	}

	/** Call once, when the page is live. */
	restore(): void {
		this.#history.restore();
	}

	/** Shows the shell; a text given is put into the prompt, never run. */
	show(text = ''): void {
		this.draft = sanitise(text).split('\n')[0] ?? '';
		this.#open = true;
	}

	hide(): void {
		this.#open = false;
	}

	/** Runs a line and records its answer. */
	async run(text: string): Promise<Entry | undefined> {
		const command = sanitise(text);
		if (this.#busy) return undefined;
		this.#busy = true;
		this.#history.current = remember(this.#history.current, command);
		const entry: Entry = {
			id: this.#nextId++,
			prompt: this.#prompt,
			command,
			output: '',
			error: ''
		};
		try {
			const shell = await this.#load();
			const answer = await shell.run(command);
			entry.output = sanitise(answer.output);
			entry.error = sanitise(answer.error);
			this.#prompt = `${this.#options.handle}:${shell.directory}$`;
			this.#entries = [...this.#entries, entry].slice(-keptEntries);
			for (const effect of answer.effects) this.#perform(effect);
		} catch {
			entry.error = 'The shell could not be loaded. Check the connection and try again.\n';
			this.#shell = undefined;
			this.#entries = [...this.#entries, entry].slice(-keptEntries);
		} finally {
			this.#busy = false;
		}
		return entry;
	}

	interrupt(): void {
		if (this.#busy) void this.#shell?.then((shell) => shell.interrupt());
	}

	async candidates(line: string): Promise<string[]> {
		try {
			return await (await this.#load()).candidates(line);
		} catch {
			return [];
		}
	}

	#perform(effect: Effect): void {
		if (effect.kind === 'clear') this.#entries = [];
		else if (effect.kind === 'navigate') this.#options.navigate(effect.path);
		else {
			const name = themes.find((each) => each === effect.theme);
			if (name) theme.current = name;
		}
	}

	#load(): Promise<Shell> {
		const { handle, loadCommands, loadFiles, places } = this.#options;
		this.#shell ??= Promise.all([
			import('./shell'),
			import('./own-commands'),
			loadCommands(),
			loadFiles()
		]).then(([{ createShell }, { ownCommands }, commands, files]) =>
			createShell(files, [...ownCommands(commands, places), ...commands], handle)
		);
		return this.#shell;
	}
}
