import { lines } from '$lib/ui';
import { themes, type Command } from '$lib/platform';
import { didYouMean } from './completion';

/** Pages and sections that `open` knows, by the name one would type. */
export type Places = Record<string, string>;

/** The commands that belong to the shell itself; `others` are those of the features, listed by `help`. */
export function ownCommands(others: Command[], places: Places): Command[] {
	const open: Command = {
		name: 'open',
		summary: 'go to a page or a section',
		usage: 'open PLACE',
		complete: (words) => (words.length === 0 ? Object.keys(places) : []),
		run([place]) {
			const path = places[place ?? ''];
			if (path) return { output: '', effects: [{ kind: 'navigate', path }] };
			const meant = place && didYouMean(place, Object.keys(places));
			return {
				output: '',
				error: `open: ${place ? `there is no ${place}` : 'which place?'}${meant ? `; did you mean ${meant}?` : ` (${Object.keys(places).join(', ')})`}\n`,
				exitCode: place ? 1 : 2
			};
		}
	};
	const theme: Command = {
		name: 'theme',
		summary: 'show or change the colours',
		usage: `theme [${themes.join(' | ')}]`,
		complete: (words) => (words.length === 0 ? [...themes] : []),
		run([name]) {
			if (!name) return { output: lines(...themes) };
			if (!themes.some((each) => each === name))
				return {
					output: '',
					error: `theme: ${name} is none of ${themes.join(', ')}\n`,
					exitCode: 1
				};
			return { output: '', effects: [{ kind: 'theme', theme: name }] };
		}
	};
	const clear: Command = {
		name: 'clear',
		summary: 'clear the screen',
		usage: 'clear',
		run: () => ({ output: '', effects: [{ kind: 'clear' }] })
	};
	const help: Command = {
		name: 'help',
		summary: 'this list',
		usage: 'help [COMMAND]',
		complete: (words) => (words.length === 0 ? all.map(({ name }) => name) : []),
		run([name]) {
			const wanted = name ? all.find((command) => command.name === name) : undefined;
			if (name && !wanted)
				return {
					output: '',
					error: `help: ${name} is not one of ours; bash has its own\n`,
					exitCode: 1
				};
			if (wanted) return { output: lines(wanted.usage, `  ${wanted.summary}`) };
			const width = Math.max(...all.map((command) => command.name.length));
			return {
				output: lines(
					...all.map((command) => `${command.name.padEnd(width)}  ${command.summary}`),
					'',
					'The rest is bash: pipes, loops, globs, grep, sed, awk, jq, find and friends',
					'over the files of this portfolio. Tab completes, Ctrl-C stops, Esc closes.'
				)
			};
		}
	};
	const all = [help, ...others, open, theme, clear];
	return [help, open, theme, clear];
}
