import { Persisted, type Clock, type KeyValueStore } from '$lib/platform';
import type { Delivery } from './delivery';
import { decodeDraft, emptyDraft, isBlank, problemsOf } from './draft';
import type { Draft, DraftField, DraftProblems } from './draft';

/** Where a message stands. */
export type ContactStatus =
	{ kind: 'idle' } | { kind: 'incomplete' } | { kind: 'sending' } | Delivery;

export interface ContactFormOptions {
	/** Without one the form only prepares an e-mail. */
	endpoint?: string | undefined;
	store: KeyValueStore;
	clock: Clock;
	fetch: typeof fetch;
	/** People take at least this long from opening the form to sending it, in milliseconds. */
	minimumMs?: number;
	timeoutMs?: number;
}

/**
 * The message being written and where it stands. The draft is kept on the device from the first letter until a service
 * has said that it took the message; nothing else ends it but `clear`.
 */
export class ContactForm {
	readonly #options: ContactFormOptions;
	readonly #draft: Persisted<Draft>;
	#openedAt: number;
	#status = $state.raw<ContactStatus>({ kind: 'idle' });
	#problems = $state.raw<DraftProblems>({});
	#sent = $state.raw<Draft>();

	constructor(options: ContactFormOptions) {
		this.#options = options;
		this.#openedAt = options.clock.now();
		this.#draft = new Persisted<Draft>({
			key: 'contact-draft',
			store: options.store,
			initial: emptyDraft,
			decode: decodeDraft,
			maximumLength: 50_000
		});
	}

	get draft(): Draft {
		return this.#draft.current;
	}

	get status(): ContactStatus {
		return this.#status;
	}

	/** Shown once sending was tried, and gone as each is mended. */
	get problems(): DraftProblems {
		return this.#problems;
	}

	/** The message as it was sent, to copy. */
	get sent(): Draft | undefined {
		return this.#sent;
	}

	/** A sentence when the device's copy of the draft was damaged or could not be written. */
	get storageProblem(): string | undefined {
		return this.#draft.problem;
	}

	/** Takes up the draft that the device kept, unless writing has begun. Call it once the page is live. */
	open(): void {
		this.#openedAt = this.#options.clock.now();
		if (isBlank(this.draft)) this.#draft.restore();
	}

	write<Field extends DraftField>(field: Field, value: Draft[Field]): void {
		this.#draft.current = { ...this.draft, [field]: value };
		if (this.#status.kind === 'sent') this.#status = { kind: 'idle' };
		if (this.#status.kind === 'incomplete') this.#showProblems();
	}

	/** Throws the draft away. */
	clear(): void {
		this.#draft.current = emptyDraft;
		this.#status = { kind: 'idle' };
		this.#problems = {};
	}

	/**
	 * Checks the draft and, where it holds, sends it; a second call while it travels does nothing.
	 * @param trap what stands in the field that people do not see
	 */
	async send(trap: string): Promise<void> {
		const { endpoint, clock, fetch, minimumMs = 3_000, timeoutMs = 15_000 } = this.#options;
		if (endpoint === undefined || this.#status.kind === 'sending') return;
		this.#status = { kind: 'incomplete' };
		if (this.#showProblems()) return;
		if (trap !== '') {
			this.#status = {
				kind: 'refused',
				reason: 'A field that only programs see was filled in. It is empty again; send once more.'
			};
			return;
		}
		if (clock.now() - this.#openedAt < minimumMs) {
			this.#status = {
				kind: 'refused',
				reason: `Sent within ${minimumMs / 1000} seconds of opening, as programs do. Wait that long, then send once more.`
			};
			return;
		}
		this.#status = { kind: 'sending' };
		const draft = this.draft;
		let delivery: Delivery;
		try {
			const { deliver } = await import('./delivery');
			delivery = await deliver(draft, { endpoint, fetch, clock, timeoutMs });
		} catch {
			delivery = {
				kind: 'unreachable',
				reason: 'The part of this page that sends could not be loaded.'
			};
		}
		this.#status = delivery;
		if (delivery.kind !== 'sent') return;
		this.#sent = draft;
		// What was added while the message travelled has not been sent: it stays.
		if (this.draft === draft) this.#draft.current = emptyDraft;
	}

	/** Whether there are any. */
	#showProblems(): boolean {
		this.#problems = problemsOf(this.draft);
		const any = Object.keys(this.#problems).length > 0;
		if (!any) this.#status = { kind: 'idle' };
		return any;
	}
}
