/** What a shell command may do besides printing; the shell performs it once, after the output. */
export type Effect =
	{ kind: 'navigate'; path: string } | { kind: 'theme'; theme: string } | { kind: 'clear' };

export interface CommandResult {
	/** Plain text, newline-terminated lines. */
	output: string;
	/** Written to standard error. */
	error?: string;
	/** 0 for success, as shells have it. */
	exitCode?: number;
	effects?: Effect[];
}

/** A shell command that a feature offers; help, completion and the manual come from it. */
export interface Command {
	name: string;
	/** One line for `help`. */
	summary: string;
	/** As in a manual: `topology show SERVICE`. */
	usage: string;
	/** Candidates for the word being typed, given the words before it (the command's name excluded). */
	complete?(words: string[]): string[];
	/** `args` without the command's name; `stdin` is empty when nothing is piped in. */
	run(args: string[], stdin: string): CommandResult | Promise<CommandResult>;
}
