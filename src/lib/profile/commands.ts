import {
	hrefOf,
	type LogEntry,
	type Module,
	type Objective,
	type Principle,
	type Profile
} from '$lib/content';
import type { Command, CommandResult } from '$lib/platform';
import type { Report } from '$lib/simulation';
import { indent, lines, wrap } from '$lib/ui';
import { choicesOf, matches, newestFirst } from './log-filter';
import { systemStatus } from './system-status';

export interface ProfileCommandsInput {
	profile: Profile;
	log: LogEntry[];
	modules: Module[];
	principles: Principle[];
	/** The running system's last seconds and what it was promised; without it there is no `status`. */
	system?: { objective: Objective; reports: () => Report[] };
}

const ok = (output: string): CommandResult => ({ output, exitCode: 0 });
const usageError = (error: string): CommandResult => ({
	output: '',
	error: `${error}\n`,
	exitCode: 2
});
const notFound = (error: string): CommandResult => ({
	output: '',
	error: `${error}\n`,
	exitCode: 1
});

function whoami({ profile }: ProfileCommandsInput): Command {
	return {
		name: 'whoami',
		summary: 'who this is, in a few lines',
		usage: 'whoami',
		run: () => {
			const facts = [
				['experience', profile.experience],
				['focus', profile.focus.join(', ')],
				['location', profile.location],
				['available', profile.availability]
			].filter((fact): fact is [string, string] => Boolean(fact[1]));
			return ok(
				lines(
					`${profile.name}, ${profile.role}`,
					...wrap(profile.summary),
					...facts.flatMap(([term, text]) => wrap(text, term.padEnd(12))),
					...profile.figures.map(({ value, label }) => `${value.padStart(12)}  ${label}`)
				)
			);
		}
	};
}

function log({ log: entries }: ProfileCommandsInput): Command {
	const { years, kinds } = choicesOf(entries);
	const usage = 'log [--year YEAR] [--kind KIND]';
	return {
		name: 'log',
		summary: 'experience, newest first',
		usage,
		complete(words) {
			if (words.at(-1) === '--year') return years;
			if (words.at(-1) === '--kind') return kinds;
			return ['--year', '--kind'].filter((option) => !words.includes(option));
		},
		run(args) {
			const filter = { year: '', kind: '' };
			for (let position = 0; position < args.length; position += 2) {
				const [option, value] = [args[position], args[position + 1]];
				if (option !== '--year' && option !== '--kind')
					return usageError(`log: unknown option ${option}; usage: ${usage}`);
				if (value === undefined) return usageError(`log: ${option} needs a value; usage: ${usage}`);
				const [name, known] =
					option === '--year' ? (['year', years] as const) : (['kind', kinds] as const);
				if (!known.includes(value))
					return notFound(
						`log: nothing of ${name} ${value}; there is ${known.join(', ') || 'nothing'}`
					);
				filter[name] = value;
			}
			return ok(
				lines(
					...newestFirst(entries)
						.filter((entry) => matches(entry, filter))
						.flatMap((entry) => [
							`${entry.year}  ${entry.kind.padEnd(11)}  ${entry.title}`,
							...entry.facts.flatMap(({ text, figure }) =>
								wrap(figure ? `${text} (${figure})` : text, '                   - ')
							)
						])
				)
			);
		}
	};
}

function modules({ modules: all }: ProfileCommandsInput): Command {
	return {
		name: 'modules',
		summary: 'what was built, and what it did',
		usage: 'modules [NAME]',
		complete: (words) => (words.length === 0 ? all.map(({ slug }) => slug) : []),
		run([name]) {
			if (name === undefined)
				return ok(
					lines(
						...all.flatMap(({ slug, status, path }) => [
							`${slug}  [${status}]`,
							...wrap(path.join(' > '), '  ')
						])
					)
				);
			const module = all.find(({ slug }) => slug === name);
			if (!module)
				return notFound(
					`modules: no module ${name}; there is ${all.map(({ slug }) => slug).join(', ') || 'none'}`
				);
			return ok(
				lines(
					`${module.title}  [${module.status}]`,
					...wrap(module.path.join(' > '), '  '),
					...wrap(module.problem, 'problem   '),
					...wrap(module.solution, 'solution  '),
					...wrap(module.impact, 'impact    '),
					...module.related.map((reference) => `see       ${hrefOf(reference)}  ${reference.title}`)
				)
			);
		}
	};
}

function principles({ principles: all }: ProfileCommandsInput): Command {
	return {
		name: 'principles',
		summary: 'what is held to, and how it shows',
		usage: 'principles',
		run: () =>
			ok(
				lines(
					...all.flatMap(({ name, motto, practice }) => [
						...wrap(motto, `${name.padEnd(8)}`),
						...indent(wrap(practice), '        ')
					])
				)
			)
	};
}

function status({ objective, reports }: NonNullable<ProfileCommandsInput['system']>): Command {
	return {
		name: 'status',
		summary: 'the running system against its objective',
		usage: 'status',
		run() {
			const { health, text, figures } = systemStatus(reports(), objective);
			return {
				output: lines(
					`running system: ${text}`,
					...figures.map(
						({ name, measured, promised, health: own }) =>
							`  ${name.padEnd(8)} ${measured.padStart(12)}   ${promised.padEnd(18)} ${own}`
					)
				),
				// As a health check answers: 0 inside its objective, 1 outside.
				exitCode: health === 'failing' ? 1 : 0
			};
		}
	};
}

/** The shell commands of this feature: `whoami`, `log`, `modules`, `principles` and, with a system, `status`. */
export function profileCommands(input: ProfileCommandsInput): Command[] {
	return [
		whoami(input),
		log(input),
		modules(input),
		principles(input),
		...(input.system ? [status(input.system)] : [])
	];
}
