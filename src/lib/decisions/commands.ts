import type { Decision } from '$lib/content';
import type { Command, CommandResult } from '$lib/platform';
import { lines, wrap } from '$lib/ui';
import { lintDecisions } from './lint';
import { recordName } from './record-name';
import { lineageOf, relationsOf } from './relations';

const usage = 'adr ls | show N | lineage N | lint';

const ok = (output: string, exitCode = 0): CommandResult => ({ output, exitCode });
const failure = (exitCode: 1 | 2, error: string): CommandResult => ({
	output: '',
	error: `${error}\n`,
	exitCode
});

/** `7`, `007`, `ADR-007` or a slug. */
function find(word: string, decisions: Decision[]): Decision | undefined {
	const digits = /^(?:adr-?)?0*(\d{1,6})$/i.exec(word)?.[1];
	return decisions.find(({ number, slug }) => slug === word || String(number) === digits);
}

function row({ number, status, date, title }: Decision): string {
	return `${recordName(number)}  ${status.padEnd(10)}  ${(date ?? '').padEnd(10)}  ${title}`;
}

function show(decision: Decision, decisions: Decision[]): string {
	return lines(
		`${recordName(decision.number)}: ${decision.title}`,
		[decision.status, decision.date, decision.tags.join(', ')].filter(Boolean).join(' | '),
		...decision.sections.flatMap(({ title, body }) => [
			'',
			`## ${title}`,
			...body.markdown.trim().split('\n')
		]),
		'',
		...relationsOf(decision, decisions).map(
			({ kind, decision: other }) => `${kind} ${recordName(other.number)}: ${other.title}`
		),
		...(decision.affects.length ? wrap(decision.affects.join(', '), 'affects ') : [])
	);
}

function lint(decisions: Decision[]): CommandResult {
	const findings = lintDecisions(decisions);
	const errors = findings.filter(({ severity }) => severity === 'error').length;
	return ok(
		lines(
			...findings.map(
				({ severity, number, message }) => `${recordName(number)}: ${severity}: ${message}`
			),
			`${decisions.length} records, ${errors} errors, ${findings.length - errors} warnings`
		),
		errors ? 1 : 0
	);
}

function adr(decisions: Decision[]): Command {
	return {
		name: 'adr',
		summary: 'decision records: list, read, follow, check',
		usage,
		complete(words) {
			if (words.length === 0) return ['ls', 'show', 'lineage', 'lint'];
			if (words.length > 1 || (words[0] !== 'show' && words[0] !== 'lineage')) return [];
			return decisions.map(({ number }) => String(number));
		},
		run([verb = 'ls', word]) {
			if (verb === 'ls') return ok(lines(...decisions.map(row)));
			if (verb === 'lint') return lint(decisions);
			if (verb !== 'show' && verb !== 'lineage')
				return failure(2, `adr: no such action ${verb}; usage: ${usage}`);
			if (word === undefined) return failure(2, `adr: ${verb} needs a number; usage: ${usage}`);
			const decision = find(word, decisions);
			if (!decision)
				return failure(1, `adr: no record ${word}; \`adr ls\` lists all ${decisions.length}`);
			if (verb === 'show') return ok(show(decision, decisions));
			return ok(lines(...lineageOf(decision, decisions).map(row)));
		}
	};
}

/** The shell commands of this feature: `adr`. */
export function decisionCommands({ decisions }: { decisions: Decision[] }): Command[] {
	return [adr(decisions)];
}
