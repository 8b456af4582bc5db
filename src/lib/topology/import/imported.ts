import type { SiteTopology } from '$lib/content';

/** Formats that are read. */
export type ImportFormat = 'compose' | 'kubernetes' | 'fournines';

/** Something to say about a place in the text; lines and columns from 1. */
export interface ImportNote {
	line: number;
	column: number;
	message: string;
}

/** A value that the text did not give. */
export interface Guess {
	/** Which, as `services.redis.kind` or `calls.web>redis`. */
	path: string;
	/** As a person reads it. */
	value: string;
	/** A clause: `the image is redis`. */
	because: string;
	/** Line in the text that led to it, from 1. */
	line: number;
}

/** A topology read from a visitor's text, ready to run. */
export interface Imported {
	format: ImportFormat;
	topology: SiteTopology;
	/** All that was made up, in the order of the services, then of the calls, then of the flows. */
	guesses: Guess[];
	/** What was left out or could not be used, in the order of the text. */
	notes: ImportNote[];
}

export type ImportResult = { ok: true; imported: Imported } | { ok: false; problems: ImportNote[] };
