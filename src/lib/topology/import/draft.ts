import type { Autoscaling } from '$lib/simulation';
import type { Clues } from './guess';
import type { Place } from './source';

/** A service as a format's reader found it, before anything is made up. */
export interface DraftService {
	/** What mentions refer to; unique in the text. */
	key: string;
	clues: Clues;
	place: Place;
	/** A sentence on what it is built of. */
	role: string;
	replicas?: number;
	/** CPUs that a replica may use. */
	cpus?: number;
	autoscaling?: Autoscaling;
	/** A clause on why traffic comes in here; absent when the text does not say that it does. */
	entry?: string;
	/** Not run here: somebody else's system. */
	external?: boolean;
	/** A topic or queue that its settings name. */
	topic?: string;
	mentions: Mention[];
}

/** A service that another one's text names. */
export interface Mention {
	to: string;
	place: Place;
	/** A clause: `DATABASE_URL names it`. */
	because: string;
	/** Setting that names it, such as `DATABASE_URL`. */
	setting?: string;
}

export const maximumServices = 2000;
export const maximumCalls = 10_000;

/** Drafts one after the other; gives up, without an answer, when they name one another far too often. */
export function draftAll<Item>(
	items: Item[],
	draft: (item: Item) => DraftService
): DraftService[] | undefined {
	let pairs = 0;
	const drafts: DraftService[] = [];
	for (const item of items) {
		const made = draft(item);
		pairs += new Set(made.mentions.map(({ to }) => to)).size;
		if (pairs > maximumCalls) return undefined;
		drafts.push(made);
	}
	return drafts;
}

const topicSetting = /(^|_)(TOPICS?|QUEUES?|CHANNEL|STREAM|SUBJECT)(_NAME)?$/i;
const topicValue = /^[a-z][a-z0-9._-]{1,38}$/i;

/** The topic that a setting names, if it does. */
export function topicIn(setting: string, value: string): string | undefined {
	return topicSetting.test(setting) && topicValue.test(value) ? value : undefined;
}
