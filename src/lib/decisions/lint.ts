import type { Decision } from '$lib/content';
import { recordName } from './record-name';
import { edgesOf, successorsOf, type Edge } from './relations';

/** Something in a set of records that does not hold together. */
export interface Finding {
	/** An `error` makes the set contradict itself; a `warning` leaves a reader with a question. */
	severity: 'error' | 'warning';
	/** Number of the record to mend. */
	number: number;
	/** Where in its file: a field of the front matter, or the title. */
	field: 'status' | 'links' | '';
	/** What is wrong, and what to do. */
	message: string;
}

type Rule = (decisions: Decision[], edges: Edge[]) => Finding[];

const error = (number: number, message: string, field: Finding['field'] = 'links'): Finding => ({
	...{ severity: 'error', number, message, field }
});
const warning = (number: number, message: string, field: Finding['field'] = 'links'): Finding => ({
	...{ severity: 'warning', number, message, field }
});

const duplicateNumbers: Rule = (decisions) =>
	decisions
		.filter(
			({ number }, position) => decisions.findIndex((other) => other.number === number) < position
		)
		.map(({ number, slug }) =>
			error(number, `"${slug}" has a number that is taken; give it the next free one`, '')
		);

const danglingLinks: Rule = (decisions) => {
	const known = new Set(decisions.map(({ number }) => number));
	return decisions.flatMap(({ number, links }) =>
		links
			.filter(({ target }) => !known.has(target))
			.map(({ target }) => error(number, `links to ${recordName(target)}, which does not exist`))
	);
};

const selfLinks: Rule = (decisions) =>
	decisions.flatMap(({ number, links }) =>
		links
			.filter(({ target }) => target === number)
			.map(({ kind }) => error(number, `links to itself ("${kind}"); name another record`))
	);

/** Records that, following what they supersede, come back to themselves. */
const cycles: Rule = (decisions, edges) => {
	const replaces = edges.filter(({ kind, from, to }) => kind === 'supersedes' && from !== to);
	const reaches = (start: number) => {
		const seen = new Set<number>();
		const open = [start];
		for (let at = open.pop(); at !== undefined; at = open.pop()) {
			for (const { from, to } of replaces) {
				if (from !== at || seen.has(to)) continue;
				seen.add(to);
				open.push(to);
			}
		}
		return seen.has(start);
	};
	return decisions
		.filter(({ number }) => reaches(number))
		.map(({ number }) =>
			error(
				number,
				'supersedes itself by way of other records; one of those links points backwards'
			)
		);
};

const supersession: Rule = (decisions) =>
	decisions.flatMap((decision) => {
		const successors = successorsOf(decision, decisions).filter((other) => other !== decision);
		const binding = successors.filter(
			({ status }) => status !== 'proposed' && status !== 'rejected'
		);
		if (decision.status === 'superseded' && !successors.length)
			return [
				error(
					decision.number,
					'is superseded, but no record says that it supersedes this one',
					'status'
				)
			];
		if (decision.status === 'superseded' && !binding.length)
			return [
				error(decision.number, 'is superseded only by records that nobody has accepted', 'status')
			];
		if (decision.status === 'accepted' && binding.length)
			return [
				error(
					decision.number,
					`is accepted, yet ${binding.map(({ number }) => recordName(number)).join(', ')} supersedes it; set its status to superseded`,
					'status'
				)
			];
		return [];
	});

const competingHeads: Rule = (decisions) =>
	decisions.flatMap((decision) => {
		const heads = successorsOf(decision, decisions).filter(({ status }) => status === 'accepted');
		return heads.length > 1
			? [
					warning(
						decision.number,
						`is superseded by ${heads.map(({ number }) => recordName(number)).join(' and ')}, all accepted; say which part each of them replaces`
					)
				]
			: [];
	});

const amendedByProposals: Rule = (decisions, edges) =>
	edges
		.filter(({ kind }) => kind === 'amends')
		.flatMap(({ from, to }) => {
			const author = decisions.find(({ number }) => number === from);
			return author?.status === 'proposed'
				? [
						warning(
							from,
							`amends ${recordName(to)} but is only proposed; until it is accepted the other stands unchanged`
						)
					]
				: [];
		});

const costWords = /trade-?offs?|consequence|pros and cons|drawback|cost|\bbad\b|negative/i;

/** A decision that costs nothing is not one: somewhere a record has to say what was paid. */
const noTradeOff: Rule = (decisions) =>
	decisions
		.filter(({ sections }) => !sections.some(({ title, body }) => paid(title, body)))
		.map(({ number }) => warning(number, 'states no trade-off; say what the decision costs', ''));

function paid(title: string, body: Decision['sections'][number]['body']): boolean {
	return (
		costWords.test(title) ||
		body.headings.some(({ text }) => costWords.test(text)) ||
		/\bbad, because\b/i.test(body.text)
	);
}

const missingStatus: Rule = (decisions) =>
	decisions
		.filter(({ statusMissing }) => statusMissing)
		.map(({ number }) => warning(number, 'states no status; it reads as proposed', 'status'));

const rules: Rule[] = [
	missingStatus,
	duplicateNumbers,
	danglingLinks,
	selfLinks,
	cycles,
	supersession,
	competingHeads,
	amendedByProposals,
	noTradeOff
];

/** What does not hold together in a set of records: by number, errors before warnings. */
export function lintDecisions(decisions: Decision[]): Finding[] {
	const edges = edgesOf(decisions);
	return rules
		.flatMap((rule) => rule(decisions, edges))
		.sort(
			(a, b) =>
				a.number - b.number || Number(b.severity === 'error') - Number(a.severity === 'error')
		);
}
