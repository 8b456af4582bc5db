import { reasons, type Draft } from './draft';

/** Longer addresses are cut or refused by some mail programs. */
export const longestMailAddress = 1900;

/** The message as one text: to copy, and as the body of the prepared e-mail. */
export function messageText({ name, address, message }: Draft): string {
	const signature = [name.trim(), address.trim()].filter(Boolean).join('\n');
	return [message.trim(), signature].filter(Boolean).join('\n\n');
}

/** The subject says why, and who where a name is given. */
export function subjectOf({ reason, name }: Draft): string {
	const from = name.trim();
	return from ? `${reasons[reason]}, from ${from}` : reasons[reason];
}

/** A `mailto:` address (RFC 6068) that opens the visitor's mail program with the message in it. */
export function mailAddress(to: string, draft: Draft): string {
	const parts = [`subject=${encode(subjectOf(draft))}`];
	const body = messageText(draft);
	if (body) parts.push(`body=${encode(body.replace(/\r?\n/g, '\r\n'))}`);
	return `mailto:${encode(to).replace(/%40/g, '@')}?${parts.join('&')}`;
}

function encode(text: string): string {
	return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** Whether mail to this address can arrive nowhere: its domain is reserved for examples and tests (RFC 2606, 6761). */
export function isReservedAddress(email: string): boolean {
	const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
	return /(^|\.)(example(\.(com|net|org))?|test|invalid|localhost)$/.test(domain);
}
