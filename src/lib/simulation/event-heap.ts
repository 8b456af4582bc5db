/**
 * Pending events in typed arrays, earliest first and in the order of their scheduling where times are equal: a 4-ary
 * heap, flatter than a binary one and kinder to the cache. An event is a kind and two integers.
 */
export class EventHeap {
	size = 0;
	#sequence = 0;
	#times = new Float64Array(1024);
	#sequences = new Float64Array(1024);
	#kinds = new Int32Array(1024);
	#firsts = new Int32Array(1024);
	#seconds = new Int32Array(1024);

	/** The event taken last. */
	time = 0;
	kind = 0;
	first = 0;
	second = 0;

	/** Time of the earliest event; Infinity when there is none. */
	get next(): number {
		return this.size === 0 ? Infinity : (this.#times[0] as number);
	}

	push(time: number, kind: number, first: number, second: number): void {
		if (this.size === this.#times.length) this.#grow();
		const times = this.#times;
		const sequences = this.#sequences;
		let index = this.size++;
		while (index > 0) {
			const parent = (index - 1) >> 2;
			if ((times[parent] as number) <= time) break;
			this.#move(parent, index);
			index = parent;
		}
		times[index] = time;
		sequences[index] = this.#sequence++;
		this.#kinds[index] = kind;
		this.#firsts[index] = first;
		this.#seconds[index] = second;
	}

	/** Takes the earliest event into `time`, `kind`, `first` and `second`. The heap must not be empty. */
	pop(): void {
		const times = this.#times;
		const sequences = this.#sequences;
		const kinds = this.#kinds;
		const firsts = this.#firsts;
		const seconds = this.#seconds;
		this.time = times[0] as number;
		this.kind = kinds[0] as number;
		this.first = firsts[0] as number;
		this.second = seconds[0] as number;
		const size = --this.size;
		if (size === 0) return;
		const time = times[size] as number;
		const sequence = sequences[size] as number;
		let index = 0;
		for (;;) {
			let child = index * 4 + 1;
			if (child >= size) break;
			const end = child + 4 < size ? child + 4 : size;
			let bestTime = times[child] as number;
			for (let other = child + 1; other < end; other++) {
				const otherTime = times[other] as number;
				if (
					otherTime < bestTime ||
					(otherTime === bestTime && (sequences[other] as number) < (sequences[child] as number))
				) {
					child = other;
					bestTime = otherTime;
				}
			}
			if (bestTime > time || (bestTime === time && (sequences[child] as number) > sequence)) break;
			times[index] = bestTime;
			sequences[index] = sequences[child] as number;
			kinds[index] = kinds[child] as number;
			firsts[index] = firsts[child] as number;
			seconds[index] = seconds[child] as number;
			index = child;
		}
		times[index] = time;
		sequences[index] = sequence;
		kinds[index] = kinds[size] as number;
		firsts[index] = firsts[size] as number;
		seconds[index] = seconds[size] as number;
	}

	#move(from: number, to: number): void {
		this.#times[to] = this.#times[from] as number;
		this.#sequences[to] = this.#sequences[from] as number;
		this.#kinds[to] = this.#kinds[from] as number;
		this.#firsts[to] = this.#firsts[from] as number;
		this.#seconds[to] = this.#seconds[from] as number;
	}

	#grow(): void {
		const bigger = <Values extends Float64Array | Int32Array>(old: Values, fresh: Values) => {
			fresh.set(old as never);
			return fresh;
		};
		const length = this.#times.length * 2;
		this.#times = bigger(this.#times, new Float64Array(length));
		this.#sequences = bigger(this.#sequences, new Float64Array(length));
		this.#kinds = bigger(this.#kinds, new Int32Array(length));
		this.#firsts = bigger(this.#firsts, new Int32Array(length));
		this.#seconds = bigger(this.#seconds, new Int32Array(length));
	}

	save(): number[] {
		const flat = [this.#sequence];
		for (let index = 0; index < this.size; index++)
			flat.push(
				this.#times[index] as number,
				this.#sequences[index] as number,
				this.#kinds[index] as number,
				this.#firsts[index] as number,
				this.#seconds[index] as number
			);
		return flat;
	}

	load(flat: number[]): void {
		this.#sequence = flat[0] as number;
		this.size = 0;
		const count = (flat.length - 1) / 5;
		while (this.#times.length < count) this.#grow();
		for (let index = 0; index < count; index++) {
			this.#times[index] = flat[index * 5 + 1] as number;
			this.#sequences[index] = flat[index * 5 + 2] as number;
			this.#kinds[index] = flat[index * 5 + 3] as number;
			this.#firsts[index] = flat[index * 5 + 4] as number;
			this.#seconds[index] = flat[index * 5 + 5] as number;
		}
		this.size = count;
	}
}
