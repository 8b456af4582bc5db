/** A queue of numbers in a circular buffer: cheap at both ends, and without allocation while it does not grow. */
export class Ring {
	length = 0;
	#items = new Float64Array(16);
	#head = 0;

	static from(items: readonly number[]): Ring {
		const ring = new Ring();
		for (const item of items) ring.push(item);
		return ring;
	}

	push(item: number): void {
		if (this.length === this.#items.length) this.#grow();
		this.#items[(this.#head + this.length++) & (this.#items.length - 1)] = item;
	}

	/** The item at this place from the oldest; the ring must hold as many. */
	at(place: number): number {
		return this.#items[(this.#head + place) & (this.#items.length - 1)] as number;
	}

	replace(place: number, item: number): void {
		this.#items[(this.#head + place) & (this.#items.length - 1)] = item;
	}

	/** Takes the oldest. The ring must not be empty. */
	shift(): number {
		const item = this.#items[this.#head] as number;
		this.drop(1);
		return item;
	}

	/** Takes this many of the oldest, which the ring must hold. */
	drop(count: number): void {
		this.#head = (this.#head + count) & (this.#items.length - 1);
		this.length -= count;
	}

	/** Takes the newest. The ring must not be empty. */
	pop(): number {
		return this.at(--this.length);
	}

	/** Takes so many out of the middle. */
	remove(place: number, count: number): void {
		for (let at = place + count; at < this.length; at++) this.replace(at - count, this.at(at));
		this.length -= count;
	}

	toArray(): number[] {
		return Array.from({ length: this.length }, (_, place) => this.at(place));
	}

	#grow(): void {
		const bigger = new Float64Array(this.#items.length * 2);
		for (let place = 0; place < this.length; place++) bigger[place] = this.at(place);
		this.#items = bigger;
		this.#head = 0;
	}
}
