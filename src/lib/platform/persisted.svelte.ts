import type { KeyValueStore } from './storage';

/** What a decoder answers: the value, or one sentence on what is wrong. */
export type Decoded<Value> = { ok: true; value: Value } | { ok: false; problem: string };

export interface PersistedOptions<Value> {
	/** Stored under `fournines:<key>`. */
	key: string;
	store: KeyValueStore;
	initial: Value;
	/** Untrusted: another version or another hand may have written it. Must not throw. */
	decode(raw: unknown): Decoded<Value>;
	/** Longer texts are not even parsed. */
	maximumLength?: number;
}

/**
 * A value kept on this device. A stored value that does not decode is set aside under `<key>:damaged`, never thrown
 * away, and `problem` says so in a sentence. Writing never throws: where the device refuses, `problem` says that the
 * value lives only as long as the page.
 */
export class Persisted<Value> {
	readonly #options: PersistedOptions<Value>;
	#current = $state.raw() as Value;
	#problem = $state<string | undefined>();

	constructor(options: PersistedOptions<Value>) {
		this.#options = options;
		this.#current = options.initial;
	}

	/** Reads what the device holds; call it once the page is live, so that prerendered markup and first paint agree. */
	restore(): void {
		const { store, decode, maximumLength = 100_000 } = this.#options;
		let text: string | null;
		try {
			text = store.getItem(this.#key);
		} catch {
			return;
		}
		if (text === null) return;
		let decoded: Decoded<Value>;
		try {
			decoded =
				text.length > maximumLength
					? { ok: false, problem: 'it is larger than anything this site stores' }
					: decode(JSON.parse(text));
		} catch {
			decoded = { ok: false, problem: 'it is not valid JSON' };
		}
		if (decoded.ok) {
			this.#current = decoded.value;
			return;
		}
		this.#problem = `What this device had stored could not be read (${decoded.problem}). It is set aside under ${this.#key}:damaged, and this page starts afresh.`;
		this.#write(`${this.#key}:damaged`, text);
		try {
			store.removeItem(this.#key);
		} catch {
			// A store that refuses to forget is left as it is.
		}
	}

	get current(): Value {
		return this.#current;
	}

	set current(value: Value) {
		this.#current = value;
		this.#write(this.#key, JSON.stringify(value));
	}

	/** A sentence for the visitor when something stored was damaged or could not be written. */
	get problem(): string | undefined {
		return this.#problem;
	}

	get #key(): string {
		return `fournines:${this.#options.key}`;
	}

	#write(key: string, text: string): void {
		try {
			this.#options.store.setItem(key, text);
		} catch {
			this.#problem =
				'This device refuses to store anything more, so what you do here lasts only as long as the page.';
		}
	}
}
