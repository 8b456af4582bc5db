import { decisionStatuses, type Decision } from '$lib/content';

/** What of the records is listed; '' is everything. */
export interface DecisionFilter {
	status: string;
	tag: string;
	/** Id of a service the record affects. */
	service: string;
	/** Words that all have to occur. */
	words: string;
}

export const noFilter: DecisionFilter = { status: '', tag: '', service: '', words: '' };

/** A record as the list needs it, with the text that is searched. */
export type ListedDecision = Pick<
	Decision,
	'number' | 'slug' | 'title' | 'status' | 'date' | 'tags' | 'summary' | 'affects'
> & { text: string };

/** What a list shows and searches, without the markup of the sections. */
export function listed(decision: Decision): ListedDecision {
	const { number, slug, title, status, date, tags, summary, affects, sections } = decision;
	return {
		number,
		slug,
		title,
		status,
		tags,
		summary,
		affects,
		text: sections.map(({ title: heading, body }) => `${heading}. ${body.text}`).join('\n'),
		...(date ? { date } : {})
	};
}

export interface Hit {
	decision: ListedDecision;
	/** The sentence of the record with the most of the words, when they are not in its title. */
	sentence?: string;
}

const longestQuery = 100;

function wordsOf(text: string): string[] {
	return text.toLowerCase().slice(0, longestQuery).split(/\s+/).filter(Boolean);
}

function sentenceWith(words: string[], text: string): string | undefined {
	const score = (sentence: string) =>
		words.filter((word) => sentence.toLowerCase().includes(word)).length;
	let best: string | undefined;
	for (const sentence of text.split(/(?<=[.!?])\s+|\n+/)) {
		if (score(sentence) > (best ? score(best) : 0)) best = sentence;
	}
	return best?.trim();
}

/** The records that fit, in the order given. Words found in a title come without a sentence: the title is the proof. */
export function filterDecisions(decisions: ListedDecision[], filter: DecisionFilter): Hit[] {
	const words = wordsOf(filter.words);
	return decisions
		.filter(
			({ status, tags, affects }) =>
				(filter.status === '' || status === filter.status) &&
				(filter.tag === '' || tags.includes(filter.tag)) &&
				(filter.service === '' || affects.includes(filter.service))
		)
		.flatMap((decision) => {
			const { title, summary, tags, text } = decision;
			const everything = [title, summary, ...tags, text].join('\n').toLowerCase();
			if (!words.every((word) => everything.includes(word))) return [];
			const inTitle = words.every((word) => title.toLowerCase().includes(word));
			const sentence = inTitle ? undefined : sentenceWith(words, `${summary}\n${text}`);
			return [{ decision, ...(sentence ? { sentence } : {}) }];
		});
}

/** Statuses in their usual order, tags by how often they occur, services in the order of the records. */
export function choicesOf(decisions: ListedDecision[]): {
	statuses: string[];
	tags: string[];
	services: string[];
} {
	const uses = new Map<string, number>();
	for (const tag of decisions.flatMap(({ tags }) => tags)) uses.set(tag, (uses.get(tag) ?? 0) + 1);
	return {
		statuses: decisionStatuses.filter((status) =>
			decisions.some((decision) => decision.status === status)
		),
		tags: [...uses.keys()].sort(
			(a, b) => (uses.get(b) ?? 0) - (uses.get(a) ?? 0) || a.localeCompare(b)
		),
		services: [...new Set(decisions.flatMap(({ affects }) => affects))]
	};
}

/** The filter an address asks for. What no record has is ignored: an old link then lists everything. */
export function decodeFilter(query: URLSearchParams, decisions: ListedDecision[]): DecisionFilter {
	const { statuses, tags, services } = choicesOf(decisions);
	const known = (name: string, values: string[]) => {
		const value = query.get(name) ?? '';
		return values.includes(value) ? value : '';
	};
	return {
		status: known('status', statuses),
		tag: known('tag', tags),
		service: known('service', services),
		words: (query.get('q') ?? '').slice(0, longestQuery)
	};
}

/** The query with this filter in it; everything else in it stays. */
export function encodeFilter(query: URLSearchParams, filter: DecisionFilter): URLSearchParams {
	const next = new URLSearchParams(query);
	const { status, tag, service, words } = filter;
	for (const [name, value] of Object.entries({ status, tag, service, q: words.trim() })) {
		if (value) next.set(name, value);
		else next.delete(name);
	}
	return next;
}
