import type { Position } from '$lib/content';
import { periodOf, type Resume } from './resume';

export interface Fact {
	term: string;
	texts: string[];
}

/** What eyes go to first, in that order, and only what the owner gave: now, before, education, then the rest. */
export function factsOf(resume: Resume): Fact[] {
	const { current, previous, education, experience, focus, location, availability } = resume;
	const facts: Fact[] = [
		{ term: 'Now', texts: position(current) },
		{ term: 'Before', texts: position(previous) },
		{
			term: 'Education',
			texts: education.map(({ institution, degree, ...period }) =>
				[degree, institution, periodOf(period)].filter(Boolean).join(', ')
			)
		},
		{ term: 'Experience', texts: experience ? [experience] : [] },
		{ term: 'Focus', texts: focus.length > 0 ? [focus.join(', ')] : [] },
		{ term: 'Location', texts: location ? [location] : [] },
		{ term: 'Availability', texts: availability ? [availability] : [] }
	];
	return facts.filter(({ texts }) => texts.length > 0);
}

function position(given: Position | undefined): string[] {
	if (!given) return [];
	return [[`${given.title}, ${given.company}`, periodOf(given)].filter(Boolean).join(', ')];
}
