import type { Decision } from '$lib/content';

/** How one record stands to another; read as `this record <kind> that one`. */
export interface Relation {
	/** As a sentence has it: `supersedes`, `is superseded by`. */
	kind: string;
	decision: Decision;
	/** Written down in the record itself, or derived from the other one's. */
	authored: boolean;
	description?: string;
}

/** Kinds by their canonical name, with how they read forwards and backwards. */
const kinds: Record<string, { forwards: string; backwards: string }> = {
	supersedes: { forwards: 'supersedes', backwards: 'is superseded by' },
	amends: { forwards: 'amends', backwards: 'is amended by' },
	refines: { forwards: 'refines', backwards: 'is refined by' },
	enables: { forwards: 'enables', backwards: 'is enabled by' },
	'depends-on': { forwards: 'depends on', backwards: 'is depended on by' },
	'conflicts-with': { forwards: 'conflicts with', backwards: 'conflicts with' },
	'relates-to': { forwards: 'relates to', backwards: 'relates to' }
};

/** Spellings met in the wild, and the passive kinds, as a canonical kind and a direction. */
const synonyms: Record<string, { kind: string; reversed: boolean }> = {
	supercedes: { kind: 'supersedes', reversed: false },
	replaces: { kind: 'supersedes', reversed: false },
	'superseded-by': { kind: 'supersedes', reversed: true },
	'superceded-by': { kind: 'supersedes', reversed: true },
	'replaced-by': { kind: 'supersedes', reversed: true },
	'amended-by': { kind: 'amends', reversed: true },
	'refined-by': { kind: 'refines', reversed: true },
	'enabled-by': { kind: 'enables', reversed: true },
	requires: { kind: 'depends-on', reversed: false },
	'required-by': { kind: 'depends-on', reversed: true },
	'depended-on-by': { kind: 'depends-on', reversed: true },
	related: { kind: 'relates-to', reversed: false },
	'related-to': { kind: 'relates-to', reversed: false },
	'links-to': { kind: 'relates-to', reversed: false }
};

/** A link in its one canonical form: `from <kind> to`, active voice. */
export interface Edge {
	from: number;
	to: number;
	kind: string;
	/** Number of the record that says so. */
	author: number;
	description?: string;
}

/** `Superseded by`, `supersededBy`, `superceded_by`: one kind, and which way it points. */
export function canonicalKind(written: string): { kind: string; reversed: boolean } {
	const slug = written
		.trim()
		.replace(/([a-z])([A-Z])/g, '$1-$2')
		.toLowerCase()
		.replace(/[\s_]+/g, '-')
		.replace(/^is-/, '');
	return synonyms[slug] ?? { kind: slug, reversed: false };
}

/** Every link of every record, once for each record that states it, active voice. Links into nothing are in too. */
export function edgesOf(decisions: Decision[]): Edge[] {
	return decisions.flatMap(({ number, links }) =>
		links.map(({ kind: written, target, description }) => {
			const { kind, reversed } = canonicalKind(written);
			return {
				from: reversed ? target : number,
				to: reversed ? number : target,
				kind,
				author: number,
				...(description ? { description } : {})
			};
		})
	);
}

function voice(kind: string, backwards: boolean): string {
	const plain = kind.replaceAll('-', ' ');
	const known = kinds[kind] ?? { forwards: plain, backwards: `is the target of "${plain}" from` };
	return backwards ? known.backwards : known.forwards;
}

const weight = (kind: string) => {
	const position = Object.keys(kinds).indexOf(kind);
	return position < 0 ? Object.keys(kinds).length : position;
};

/**
 * How a record stands to the others: its own links, and those that others have to it, each relation once. Supersession
 * comes first, then by kind and number.
 */
export function relationsOf(decision: Decision, decisions: Decision[]): Relation[] {
	const byNumber = new Map(decisions.map((record) => [record.number, record]));
	const found = new Map<string, Relation & { weight: number }>();
	for (const edge of edgesOf(decisions)) {
		if (edge.from !== decision.number && edge.to !== decision.number) continue;
		const backwards = edge.to === decision.number;
		const other = byNumber.get(backwards ? edge.from : edge.to);
		if (!other || other === decision) continue;
		const kind = voice(edge.kind, backwards);
		const key = `${kind} ${other.number}`;
		const authored = edge.author === decision.number;
		const known = found.get(key);
		if (known && (known.authored || !authored)) continue;
		const description = edge.description ?? known?.description;
		found.set(key, {
			kind,
			decision: other,
			authored,
			weight: weight(edge.kind) + (backwards ? 0.5 : 0),
			...(description ? { description } : {})
		});
	}
	return [...found.values()]
		.sort((a, b) => a.weight - b.weight || a.decision.number - b.decision.number)
		.map(({ kind, decision: other, authored, description }) => ({
			kind,
			decision: other,
			authored,
			...(description ? { description } : {})
		}));
}

/** The records that took this one's place, by number. */
export function successorsOf(decision: Decision, decisions: Decision[]): Decision[] {
	return numbersToRecords(
		edgesOf(decisions)
			.filter(({ kind, to }) => kind === 'supersedes' && to === decision.number)
			.map(({ from }) => from),
		decisions
	);
}

/**
 * Everything that replaced or was replaced by this record, directly or not, itself included; what came first stands
 * first. One record alone is its own lineage.
 */
export function lineageOf(decision: Decision, decisions: Decision[]): Decision[] {
	const replacements = edgesOf(decisions).filter(({ kind }) => kind === 'supersedes');
	const family = new Set([decision.number]);
	for (let size = 0; size !== family.size;) {
		size = family.size;
		for (const { from, to } of replacements) {
			if (family.has(from) || family.has(to)) family.add(from).add(to);
		}
	}
	const members = numbersToRecords([...family], decisions);
	const ordered: Decision[] = [];
	while (ordered.length < members.length) {
		const left = members.filter((record) => !ordered.includes(record));
		const free = left.find(
			({ number }) =>
				!replacements.some(
					({ from, to }) => from === number && left.some((record) => record.number === to)
				)
		);
		// Records that replace each other have no first; the lint names them, the reader gets them by number.
		const next = free ?? left[0];
		if (!next) break;
		ordered.push(next);
	}
	return ordered;
}

function numbersToRecords(numbers: number[], decisions: Decision[]): Decision[] {
	return decisions
		.filter(({ number }) => numbers.includes(number))
		.sort((a, b) => a.number - b.number);
}
