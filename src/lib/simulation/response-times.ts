const bits = new DataView(new ArrayBuffer(8));
const stepBits = 6;
const lowest = 1023 - 7; // 2^-7, about 0.008
const buckets = 32 << stepBits; // up to 2^25
const counts = new Int32Array(buckets);
/** Where in a number's two words the exponent is. */
const highWord = new Uint32Array(Float64Array.of(1).buffer)[1] ? 1 : 0;

/** Response times in milliseconds since the last report, one after the other. */
export class ResponseTimes {
	count = 0;
	sum = 0;
	#values = new Float64Array(16);

	add(value: number): void {
		if (this.count === this.#values.length) {
			const bigger = new Float64Array(this.count * 2);
			bigger.set(this.#values);
			this.#values = bigger;
		}
		this.#values[this.count++] = value;
		this.sum += value;
	}

	get mean(): number {
		return this.count === 0 ? 0 : this.sum / this.count;
	}

	get values(): Float64Array {
		return this.#values.subarray(0, this.count);
	}

	/** The same numbers as pairs of words, and numbers that are none of them behind. */
	get words(): Uint32Array {
		return new Uint32Array(this.#values.buffer);
	}

	clear(): void {
		this.count = 0;
		this.sum = 0;
	}
}

/**
 * Values below which the given shares, ascending, of all these times lie; zeros where there are none. Counted in
 * logarithmic buckets, 64 to each power of two, so that a percentile is off by at most 0.8 %. Values below 2^-7 and
 * above 2^25 share the outermost buckets.
 */
export function percentiles(of: readonly ResponseTimes[], shares: readonly number[]): number[] {
	let low = buckets;
	let high = -1;
	let count = 0;
	for (const { words, count: own } of of) {
		count += own;
		for (let at = 0; at < own; at++) {
			let bucket =
				((words[2 * at + highWord] as number) >>> (20 - stepBits)) - (lowest << stepBits);
			if (bucket < 0) bucket = 0;
			else if (bucket >= buckets) bucket = buckets - 1;
			counts[bucket] = (counts[bucket] as number) + 1;
			if (bucket < low) low = bucket;
			if (bucket > high) high = bucket;
		}
	}
	if (count === 0) return shares.map(() => 0);
	const found: number[] = [];
	let seen = 0;
	for (let bucket = low; bucket <= high; bucket++) {
		seen += counts[bucket] as number;
		counts[bucket] = 0;
		while (found.length < shares.length && seen >= (shares[found.length] as number) * count)
			found.push(middle(bucket));
	}
	return found;
}

function middle(bucket: number): number {
	bits.setUint32(0, (bucket + (lowest << stepBits)) << (20 - stepBits));
	bits.setUint32(4, 0);
	const low = bits.getFloat64(0);
	bits.setUint32(0, (bucket + 1 + (lowest << stepBits)) << (20 - stepBits));
	return (low + bits.getFloat64(0)) / 2;
}
