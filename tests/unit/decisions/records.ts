import type { Decision, Prose } from '$lib/content';

export function prose(text: string): Prose {
	return { html: `<p>${text}</p>`, text, markdown: text, headings: [] };
}

/** A record that holds together by itself. */
export function record(number: number, change: Partial<Decision> = {}): Decision {
	return {
		number,
		slug: `record-${number}`,
		title: `Record ${number}`,
		status: 'accepted',
		deciders: [],
		tags: [],
		summary: '',
		affects: [],
		links: [],
		sections: [{ id: 'trade-off', title: 'Trade-off', body: prose('It costs a round trip.') }],
		related: [],
		...change
	};
}

export function link(kind: string, target: number, description?: string) {
	return { kind, target, title: `Record ${target}`, ...(description ? { description } : {}) };
}
