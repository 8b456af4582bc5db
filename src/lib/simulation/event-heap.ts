/**
 * Pending events, earliest first and in the order of their scheduling where times are equal: a 4-ary heap, flatter than
 * a binary one and kinder to the cache. An event is a kind and two integers in a slot; only times and slots move.
 */
export class EventHeap {
	size = 0;
	#sequence = 0;
	#times = new Float64Array(1024);
	#slots = Int32Array.from({ length: 1024 }, (_, slot) => slot);
	#sequences = new Float64Array(1024);
	#kinds = new Int32Array(1024);
	#firsts = new Int32Array(1024);
	#seconds = new Int32Array(1024);

	/** The event taken last. */
	time = 0;
	kind = 0;
	first = 0;
	second = 0;

	push(time: number, kind: number, first: number, second: number): void {
		if (this.size === this.#times.length) this.#grow();
		const times = this.#times;
		const slots = this.#slots;
		let index = this.size++;
		// Slots beyond the heap's end are the free ones.
		const slot = slots[index] as number;
		this.#sequences[slot] = this.#sequence++;
		this.#kinds[slot] = kind;
		this.#firsts[slot] = first;
		this.#seconds[slot] = second;
		while (index > 0) {
			const parent = (index - 1) >> 2;
			const parentTime = times[parent] as number;
			if (parentTime <= time) break;
			times[index] = parentTime;
			slots[index] = slots[parent] as number;
			index = parent;
		}
		times[index] = time;
		slots[index] = slot;
	}

	/** Takes the earliest event into `time`, `kind`, `first` and `second`, if it is due by then. */
	popUntil(until: number): boolean {
		const times = this.#times;
		if (this.size === 0 || (times[0] as number) > until) return false;
		const slots = this.#slots;
		const sequences = this.#sequences;
		const taken = slots[0] as number;
		this.time = times[0] as number;
		this.kind = this.#kinds[taken] as number;
		this.first = this.#firsts[taken] as number;
		this.second = this.#seconds[taken] as number;
		const size = --this.size;
		const time = times[size] as number;
		const slot = slots[size] as number;
		slots[size] = taken;
		if (size === 0) return true;
		let index = 0;
		for (;;) {
			let child = index * 4 + 1;
			if (child >= size) break;
			const end = child + 4 < size ? child + 4 : size;
			let best = times[child] as number;
			for (let other = child + 1; other < end; other++) {
				const otherTime = times[other] as number;
				if (
					otherTime < best ||
					(otherTime === best &&
						(sequences[slots[other] as number] as number) <
							(sequences[slots[child] as number] as number))
				) {
					child = other;
					best = otherTime;
				}
			}
			if (
				best > time ||
				(best === time &&
					(sequences[slots[child] as number] as number) > (sequences[slot] as number))
			)
				break;
			times[index] = best;
			slots[index] = slots[child] as number;
			index = child;
		}
		times[index] = time;
		slots[index] = slot;
		return true;
	}

	#grow(): void {
		const length = this.#times.length;
		const bigger = <Values extends Float64Array | Int32Array>(old: Values, fresh: Values) => {
			fresh.set(old as never);
			return fresh;
		};
		this.#times = bigger(this.#times, new Float64Array(length * 2));
		this.#sequences = bigger(this.#sequences, new Float64Array(length * 2));
		this.#kinds = bigger(this.#kinds, new Int32Array(length * 2));
		this.#firsts = bigger(this.#firsts, new Int32Array(length * 2));
		this.#seconds = bigger(this.#seconds, new Int32Array(length * 2));
		this.#slots = bigger(this.#slots, new Int32Array(length * 2));
		for (let slot = length; slot < length * 2; slot++) this.#slots[slot] = slot;
	}

	save(): number[] {
		const flat = [this.#sequence];
		for (let index = 0; index < this.size; index++) {
			const slot = this.#slots[index] as number;
			flat.push(
				this.#times[index] as number,
				this.#sequences[slot] as number,
				this.#kinds[slot] as number,
				this.#firsts[slot] as number,
				this.#seconds[slot] as number
			);
		}
		return flat;
	}

	load(flat: number[]): void {
		this.#sequence = flat[0] as number;
		const count = (flat.length - 1) / 5;
		while (this.#times.length < count) this.#grow();
		for (let index = 0; index < count; index++) {
			this.#slots[index] = index;
			this.#times[index] = flat[index * 5 + 1] as number;
			this.#sequences[index] = flat[index * 5 + 2] as number;
			this.#kinds[index] = flat[index * 5 + 3] as number;
			this.#firsts[index] = flat[index * 5 + 4] as number;
			this.#seconds[index] = flat[index * 5 + 5] as number;
		}
		this.size = count;
	}
}
