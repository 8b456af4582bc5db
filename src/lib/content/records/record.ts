import type { decisionStatuses } from '../site';

export type RecordStatus = (typeof decisionStatuses)[number];
export type Tone = 'good' | 'neutral' | 'bad';

/** What speaks for or against an option, or follows from a decision; Markdown, without the tone's own words. */
export interface Argument {
	tone: Tone;
	text: string;
}

export interface RecordOption {
	name: string;
	chosen: boolean;
	arguments: Argument[];
}

export interface RecordLink {
	/** In lower case with blanks, such as `superseded by`. */
	kind: string;
	/** Number of the other record. */
	target: number;
	description?: string;
	line: number;
}

/** A decision record as its file has it, whatever form it was written in. */
export interface ReadRecord {
	/** Of the file's name, the front matter or the title; a name that begins with a date has none. */
	number?: number;
	slug: string;
	title: string;
	/** A word that is not known reads as proposed, and so does a record that says nothing. */
	status: RecordStatus;
	/** Empty where the record says nothing. */
	statusAsWritten: string;
	/** As `2024`, `2024-05` or `2024-05-31`. */
	date?: string;
	deciders: string[];
	consulted: string[];
	informed: string[];
	tags: string[];
	links: RecordLink[];
	options: RecordOption[];
	consequences: Argument[];
	/** All Markdown of the file but its title and what was read as status, date, people and tags. */
	sections: { id: string; title: string; body: string; line: number }[];
	frontMatter: Record<string, unknown>;
	form: 'madr' | 'nygard' | 'other';
}
