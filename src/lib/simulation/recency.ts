const none = -1;

/**
 * Numbers by small integer keys, in the order of their last use: a doubly linked list over typed arrays, so that a use
 * costs the same however many there are, and allocates nothing.
 */
export class RecencyMap {
	size = 0;
	#values = new Float64Array(0);
	#older = new Int32Array(0);
	#newer = new Int32Array(0);
	#held = new Uint8Array(0);
	#oldest = none;
	#newest = none;

	get(key: number): number | undefined {
		return this.#held[key] ? this.#values[key] : undefined;
	}

	/** Sets and makes the key the most recent one. */
	set(key: number, value: number): void {
		if (key >= this.#held.length) this.#grow(key + 1);
		if (this.#held[key]) this.#unlink(key);
		else {
			this.#held[key] = 1;
			this.size++;
		}
		this.#values[key] = value;
		this.#older[key] = this.#newest;
		this.#newer[key] = none;
		if (this.#newest === none) this.#oldest = key;
		else this.#newer[this.#newest] = key;
		this.#newest = key;
	}

	delete(key: number): void {
		if (!this.#held[key]) return;
		this.#unlink(key);
		this.#held[key] = 0;
		this.size--;
	}

	deleteOldest(): void {
		if (this.#oldest !== none) this.delete(this.#oldest);
	}

	clear(): void {
		this.#held.fill(0);
		this.#oldest = this.#newest = none;
		this.size = 0;
	}

	/** Oldest first. */
	keys(): number[] {
		const keys: number[] = [];
		for (let key = this.#oldest; key !== none; key = this.#newer[key] as number) keys.push(key);
		return keys;
	}

	save(): number[] {
		return this.keys().flatMap((key) => [key, this.#values[key] as number]);
	}

	load(flat: number[]): void {
		this.clear();
		for (let at = 0; at < flat.length; at += 2)
			this.set(flat[at] as number, flat[at + 1] as number);
	}

	#unlink(key: number): void {
		const older = this.#older[key] as number;
		const newer = this.#newer[key] as number;
		if (older === none) this.#oldest = newer;
		else this.#newer[older] = newer;
		if (newer === none) this.#newest = older;
		else this.#older[newer] = older;
	}

	#grow(least: number): void {
		const length = Math.max(least, this.#held.length * 2, 64);
		const values = new Float64Array(length);
		const older = new Int32Array(length);
		const newer = new Int32Array(length);
		const held = new Uint8Array(length);
		values.set(this.#values);
		older.set(this.#older);
		newer.set(this.#newer);
		held.set(this.#held);
		this.#values = values;
		this.#older = older;
		this.#newer = newer;
		this.#held = held;
	}
}
