import type { SiteTopology } from '$lib/content';
import type { CommandResult, RunningSystem } from '$lib/platform';
import { breakHelp, breakOf, breakVerbs } from './breaks';
import { ok, refuse } from './command-output';
import { Damage } from './damage.svelte';

/** For the help and the completion of the command that these verbs belong to. */
export const breakCommand = {
	usage: [
		...Object.values(breakHelp),
		'damage: what is broken, and what came of it',
		'undo [--all]: takes the last of it back, or everything',
		'restart: the system from rest'
	],
	onServices: breakVerbs.filter((verb) => verb !== 'load') as readonly string[]
};

/** Verbs that break the running system and put it back; the page shows what they do. */
export function breakVerbsOf(
	topology: SiteTopology,
	system: RunningSystem
): Record<string, (args: string[]) => CommandResult | Promise<CommandResult>> {
	const damage = Damage.of(system, topology);

	function report(): string[] {
		const { cascade, applied, recovery } = damage;
		return [
			applied.length
				? `broken: ${applied.map(({ done }) => done).join('; ')}`
				: 'nothing is broken',
			...(recovery ? [recovery] : []),
			...(cascade ? [cascade.users, ...cascade.effects.map(({ text }) => `- ${text}`)] : [])
		];
	}

	const breaks = breakVerbs.map((verb) => [
		verb,
		async ([subject, amount]: string[]): Promise<CommandResult> => {
			if (!subject) return refuse(`topology ${breakHelp[verb]}`);
			const factor = amount === undefined ? undefined : Number(amount);
			if (Number.isNaN(factor)) return refuse(`topology ${verb}: ${amount} is no number`);
			const found = breakOf(topology, verb, subject, factor, system.changes);
			if (typeof found === 'string') return refuse(`topology ${verb}: ${found}`, 1);
			await damage.inflict(found);
			return damage.problem
				? refuse(`topology ${verb}: ${damage.problem}`, 1)
				: ok(...report(), 'topology undo takes it back');
		}
	]);
	return {
		...(Object.fromEntries(breaks) as Record<string, (args: string[]) => Promise<CommandResult>>),
		damage: () => ok(...report()),
		async undo(args) {
			const undone = await damage.undo(args.includes('--all') ? 'all' : 'last');
			return undone.length
				? ok(`undone: ${undone.map(({ done }) => done).join('; ')}`, ...report())
				: refuse('topology undo: nothing is broken', 1);
		},
		restart() {
			damage.restart();
			return ok('the system starts from rest');
		}
	};
}
