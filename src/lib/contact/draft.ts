import type { Decoded } from '$lib/platform';

/** Why somebody writes; the words are what the owner reads in the subject. */
export const reasons = {
	role: 'A role',
	question: 'A question about the work',
	fault: 'Something on this site is wrong',
	other: 'Something else'
} as const;
export type Reason = keyof typeof reasons;

/** A message as far as it is written. */
export interface Draft {
	name: string;
	/** E-mail address to answer to. */
	address: string;
	reason: Reason;
	message: string;
}
export type DraftField = keyof Draft;

/** Longest text of a field, in UTF-16 units, as `maxlength` counts them. 254 is the longest address (RFC 5321). */
export const longest = { name: 200, address: 254, message: 5000 } as const;

export const emptyDraft: Draft = { name: '', address: '', reason: 'role', message: '' };

function isReason(value: unknown): value is Reason {
	return typeof value === 'string' && Object.hasOwn(reasons, value);
}

/** Reads a draft that the device kept. By hand: four fields are not worth a library on the landing page. */
export function decodeDraft(raw: unknown): Decoded<Draft> {
	const kept = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
	const { name, address, reason, message } = kept;
	const fits = (value: unknown, most: number): value is string =>
		typeof value === 'string' && value.length <= most;
	if (
		fits(name, longest.name) &&
		fits(address, longest.address) &&
		fits(message, longest.message) &&
		isReason(reason)
	)
		return { ok: true, value: { name, address, reason, message } };
	return { ok: false, problem: 'it is not a draft of a message' };
}

export function isBlank({ name, address, message }: Draft): boolean {
	return !name.trim() && !address.trim() && !message.trim();
}

export type DraftProblems = Partial<Record<DraftField, string>>;

/** What keeps a draft from being sent, a sentence a field. Addresses are held to having a shape, no more. */
export function problemsOf({ name, address, message }: Draft): DraftProblems {
	const problems: DraftProblems = {};
	if (!name.trim()) problems.name = 'Give a name to answer to.';
	else if (name.length > longest.name) problems.name = tooLong(longest.name);
	if (!address.trim()) problems.address = 'Give an e-mail address to answer to.';
	else if (address.length > longest.address) problems.address = tooLong(longest.address);
	else if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address.trim())) {
		problems.address = 'This is not an e-mail address; it has the form name@example.com.';
	}
	if (!message.trim()) problems.message = 'The message is empty.';
	else if (message.length > longest.message) problems.message = tooLong(longest.message);
	return problems;
}

function tooLong(limit: number): string {
	return `Too long: at most ${limit} characters.`;
}
