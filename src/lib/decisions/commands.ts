import type { Decision } from '$lib/content';
import type { Command, CommandResult } from '$lib/platform';
import { lines, wrap } from '$lib/ui';
import { ledgerOf } from './ledger';
import { lintDecisions } from './lint';
import { recordName } from './record-name';
import { inOrderOfTime } from './record-graph';
import { lineageOf, relationsOf } from './relations';

const usage = 'adr ls | show N | lineage N | why SERVICE | timeline | ledger [N] | lint';
const verbs = ['ls', 'show', 'lineage', 'why', 'timeline', 'ledger', 'lint'];

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

function why(service: string, decisions: Decision[]): CommandResult {
	const about = decisions.filter(({ affects }) => affects.includes(service));
	return about.length
		? ok(lines(...about.flatMap((decision) => [row(decision), ...wrap(decision.summary, '  ')])))
		: failure(1, `adr: no record is about ${service}`);
}

function ledger(decisions: Decision[]): CommandResult {
	return ok(
		lines(
			...ledgerOf(decisions).flatMap(({ decision, bought, paid }) => [
				`${recordName(decision.number)}: ${decision.title}`,
				...bought.flatMap(({ text }) => wrap(text, '  bought ')),
				...paid.flatMap(({ text }) => wrap(text, '  paid   '))
			])
		)
	);
}

function adr(decisions: Decision[]): Command {
	return {
		name: 'adr',
		summary: 'decision records: list, read, follow, check',
		usage,
		complete(words) {
			if (words.length === 0) return verbs;
			if (words.length > 1) return [];
			if (words[0] === 'why') return [...new Set(decisions.flatMap(({ affects }) => affects))];
			if (!['show', 'lineage', 'ledger'].includes(words[0] ?? '')) return [];
			return decisions.map(({ number }) => String(number));
		},
		run([verb = 'ls', word]) {
			if (verb === 'ls') return ok(lines(...decisions.map(row)));
			if (verb === 'timeline') return ok(lines(...inOrderOfTime(decisions).map(row)));
			if (verb === 'ledger' && word === undefined) return ledger(decisions);
			if (verb === 'lint') return lint(decisions);
			if (verb === 'why' && word !== undefined) return why(word, decisions);
			if (!verbs.includes(verb)) return failure(2, `adr: no such action ${verb}; usage: ${usage}`);
			if (word === undefined)
				return failure(
					2,
					`adr: ${verb} needs a ${verb === 'why' ? 'service' : 'number'}; usage: ${usage}`
				);
			const decision = find(word, decisions);
			if (!decision)
				return failure(1, `adr: no record ${word}; \`adr ls\` lists all ${decisions.length}`);
			if (verb === 'ledger') return ledger([decision]);
			if (verb === 'show') return ok(show(decision, decisions));
			return ok(lines(...lineageOf(decision, decisions).map(row)));
		}
	};
}

/** The shell commands of this feature: `adr`. */
export function decisionCommands({ decisions }: { decisions: Decision[] }): Command[] {
	return [adr(decisions)];
}
