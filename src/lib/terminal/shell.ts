import { Bash, defineCommand } from 'just-bash/browser';
import type { Command, Effect } from '$lib/platform';
import { didYouMean } from './completion';

export interface ShellAnswer {
	output: string;
	error: string;
	exitCode: number;
	effects: Effect[];
}

export interface Shell {
	/** Working directory, with the home directory as `~`. */
	readonly directory: string;
	/** Runs a line; files, working directory, variables and `$?` live on to the next. Never rejects. */
	run(line: string): Promise<ShellAnswer>;
	/** Stops what runs, as Ctrl-C does. */
	interrupt(): void;
	/** Candidates for the last word of the line. */
	candidates(line: string): Promise<string[]>;
}

/**
 * A bash over an in-memory file system with our commands beside its own.
 * @param files by their path from the home directory
 */
export function createShell(
	files: Record<string, string>,
	commands: Command[],
	handle: string
): Shell {
	const home = `/home/${handle}`;
	let effects: Effect[] = [];
	let controller = new AbortController();
	const bash = new Bash({
		files: Object.fromEntries(
			Object.entries(files).map(([path, text]) => [`${home}/${path}`, text])
		),
		cwd: home,
		env: { HOME: home, USER: handle, PWD: home, OLDPWD: home, TERM: 'xterm-256color' },
		// An endless loop ends here and says so; nothing a visitor means to do comes near.
		executionLimits: { maxLoopIterations: 10_000, maxCommandCount: 20_000, maxCallDepth: 60 },
		customCommands: commands.map((command) =>
			defineCommand(command.name, async (args, context) => {
				if (args[0] === '--help') return { stdout: manual(command), stderr: '', exitCode: 0 };
				const result = await command.run(args, String(context.stdin ?? ''));
				effects.push(...(result.effects ?? []));
				return {
					stdout: result.output,
					stderr: result.error ?? '',
					exitCode: result.exitCode ?? 0
				};
			})
		)
	});
	let env: Record<string, string> = { ...bash.getEnv() };
	let directory = home;
	let lastExit = 0;
	const names = commands.map(({ name }) => name);

	return {
		get directory() {
			return directory === home || directory.startsWith(`${home}/`)
				? `~${directory.slice(home.length)}`
				: directory;
		},
		async run(line) {
			effects = [];
			controller = new AbortController();
			try {
				// A subshell with the last exit status, so that `$?` is the visitor's and not ours.
				const script = lastExit === 0 ? line : `(exit ${lastExit})\n${line}`;
				const result = await bash.exec(script, {
					env,
					cwd: directory,
					signal: controller.signal,
					rawScript: true
				});
				env = result.env;
				directory = result.env['PWD'] ?? directory;
				lastExit = controller.signal.aborted ? 130 : result.exitCode;
				return {
					output: result.stdout,
					error: explained(result.stderr, names),
					exitCode: lastExit,
					effects
				};
			} catch (error) {
				lastExit = controller.signal.aborted ? 130 : 1;
				const message = controller.signal.aborted
					? '^C'
					: error instanceof Error
						? error.message
						: String(error);
				return { output: '', error: `${message}\n`, exitCode: lastExit, effects };
			}
		},
		interrupt: () => controller.abort(),
		async candidates(line) {
			const words = line.split(/[|;&]/).at(-1)?.trimStart().split(/\s+/) ?? [''];
			const word = words.at(-1) ?? '';
			if (words.length <= 1) return [...names, ...builtIns].filter((name) => name.startsWith(word));
			const command = commands.find(({ name }) => name === words[0]);
			if (command && word.startsWith('-'))
				return [...new Set([...(command.usage.match(/--[a-z][a-z-]*/g) ?? []), '--help'])];
			const offered = command?.complete?.(words.slice(1, -1)) ?? [];
			return offered.length ? offered : paths(word);
		}
	};

	/** Files and directories that a word may become. */
	async function paths(word: string): Promise<string[]> {
		const slash = word.lastIndexOf('/') + 1;
		const typed = word.slice(0, slash);
		const folder = typed.startsWith('~')
			? home + typed.slice(1)
			: typed.startsWith('/')
				? typed
				: `${directory}/${typed}`;
		try {
			const entries = await bash.fs.readdir(folder);
			return await Promise.all(
				entries.map(async (entry) => {
					const { isDirectory } = await bash.fs.stat(`${folder}/${entry}`);
					return `${typed}${entry}${isDirectory ? '/' : ''}`;
				})
			);
		} catch {
			return [];
		}
	}
}

const builtIns =
	'awk cat cd cut date echo env exit export find for grep head jq ls mkdir mv pwd rm sed sort tail tee touch tr tree uniq wc while xargs'.split(
		' '
	);

export function manual({ name, summary, usage }: Command): string {
	return `NAME\n    ${name} - ${summary}\n\nSYNOPSIS\n    ${usage}\n`;
}

function explained(error: string, names: string[]): string {
	return error.replace(
		/^bash: (?:line \d+: )?(\S+): command not found$/gm,
		(message, word: string) => {
			const meant = didYouMean(word, [...names, ...builtIns]);
			return `${message}${meant ? `; did you mean ${meant}?` : '; try help'}`;
		}
	);
}
