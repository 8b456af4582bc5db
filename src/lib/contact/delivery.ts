import type { Clock } from '$lib/platform';
import { readAnswer } from './answer';
import { reasons, type Draft } from './draft';
import { subjectOf } from './mail';
import { hiddenFields, providerOf } from './providers';

/** What became of a message. Only `sent` is a receipt; after `unreachable` it may still have arrived. */
export type Delivery =
	{ kind: 'sent' } | { kind: 'refused'; reason: string } | { kind: 'unreachable'; reason: string };

export interface DeliveryMeans {
	endpoint: string;
	fetch: typeof fetch;
	clock: Clock;
	/** How long to wait for the whole answer, in milliseconds. */
	timeoutMs: number;
}

/**
 * Posts a message the way the form itself would, and reads the answer. Never throws and is never asked twice: trying
 * again is the visitor's decision, for the message may have arrived.
 */
export async function deliver(draft: Draft, means: DeliveryMeans): Promise<Delivery> {
	const abort = new AbortController();
	let timedOut = false;
	const stop = means.clock.after(means.timeoutMs, () => {
		timedOut = true;
		abort.abort();
	});
	try {
		const response = await means.fetch(means.endpoint, {
			method: 'POST',
			// Form-encoded and without headers of our own: what a form sends needs no leave from the endpoint first.
			body: new URLSearchParams(fieldsOf(draft, means.endpoint)),
			headers: { accept: 'application/json' },
			credentials: 'omit',
			signal: abort.signal
		});
		return await readAnswer(response, providerOf(means.endpoint));
	} catch {
		return {
			kind: 'unreachable',
			reason: timedOut
				? `No answer within ${Math.round(means.timeoutMs / 1000)} seconds. The message may have arrived or not.`
				: 'The connection failed before an answer came. The message may have arrived or not.'
		};
	} finally {
		stop();
	}
}

function fieldsOf(draft: Draft, endpoint: string): [name: string, value: string][] {
	return [
		...hiddenFields(endpoint).map(({ name, value }): [string, string] => [name, value]),
		['name', draft.name.trim()],
		['email', draft.address.trim()],
		['reason', reasons[draft.reason]],
		['subject', subjectOf(draft)],
		['message', draft.message.trim()]
	];
}
