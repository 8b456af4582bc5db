import * as v from 'valibot';
import type { Delivery } from './delivery';
import type { Provider } from './providers';

/** More of an answer is not read; no service has that much to say. */
const longestAnswer = 20_000;

const said = v.object({
	ok: v.optional(v.unknown()),
	success: v.optional(v.unknown()),
	error: v.optional(v.unknown()),
	message: v.optional(v.unknown()),
	errors: v.optional(v.unknown())
});
type Said = v.InferOutput<typeof said>;

/** Reads what a form service answered; the answer is untrusted. Rejects only where the connection breaks. */
export async function readAnswer(response: Response, provider: Provider): Promise<Delivery> {
	const { status } = response;
	const text = await beginning(response);
	const answer = parse(text);
	if (status >= 500) {
		return { kind: 'unreachable', reason: `The form service failed (${status}).` };
	}
	if (status === 404 || status === 405 || status === 410) {
		return { kind: 'unreachable', reason: `The form's address answers no longer (${status}).` };
	}
	if (!response.ok) {
		return { kind: 'refused', reason: reasonIn(answer) ?? reasonOf(status) };
	}
	if (answer && denies(answer)) {
		return { kind: 'refused', reason: reasonIn(answer) ?? 'The form service gave no reason.' };
	}
	const claimsJson =
		provider.answersJson || /\bjson\b/.test(response.headers.get('content-type') ?? '');
	if (!answer && claimsJson && text.trim() !== '') {
		return {
			kind: 'unreachable',
			reason: 'The form service answered something unreadable. The message may have arrived or not.'
		};
	}
	return { kind: 'sent' };
}

async function beginning(response: Response): Promise<string> {
	const reader = response.body?.getReader();
	if (!reader) return '';
	const decoder = new TextDecoder();
	let text = '';
	while (text.length < longestAnswer) {
		const { done, value } = await reader.read();
		if (done) return text + decoder.decode();
		text += decoder.decode(value, { stream: true });
	}
	await reader.cancel();
	return text;
}

function parse(text: string): Said | undefined {
	try {
		const result = v.safeParse(said, JSON.parse(text));
		return result.success ? result.output : undefined;
	} catch {
		return undefined;
	}
}

function denies({ ok, success, error, errors }: Said): boolean {
	return (
		ok === false ||
		success === false ||
		success === 'false' ||
		Boolean(error) ||
		(Array.isArray(errors) && errors.length > 0)
	);
}

function reasonIn(answer: Said | undefined): string | undefined {
	if (!answer) return undefined;
	const listed: unknown[] = Array.isArray(answer.errors) ? answer.errors : [];
	const found = [
		...listed.map((item) =>
			typeof item === 'object' && item !== null && 'message' in item ? item.message : item
		),
		answer.error,
		answer.message
	].find((item): item is string => typeof item === 'string' && item.trim() !== '');
	return found && readable(found);
}

function readable(text: string): string {
	const plain = text
		.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
		.trim()
		.slice(0, 300);
	return /[.!?]$/.test(plain) ? plain : `${plain}.`;
}

function reasonOf(status: number): string {
	if (status === 413) return 'The message is longer than the form service takes.';
	if (status === 429) return 'The form service takes no more messages for the moment.';
	return `The form service gave no reason (${status}).`;
}
