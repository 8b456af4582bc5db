const bits = new DataView(new ArrayBuffer(8));
const stepBits = 6;
const lowest = 1023 - 7; // 2^-7, about 0.008
const buckets = 32 << stepBits; // up to 2^25

/**
 * Counts in logarithmic buckets, 64 to each power of two: a percentile is off by at most 0.8 %. Values below 2^-7 and
 * above 2^25 share the outermost buckets. The sum is kept exactly.
 */
export class Histogram {
	count = 0;
	sum = 0;
	#counts = new Int32Array(buckets);
	#low = buckets;
	#high = -1;

	add(value: number): void {
		this.count += 1;
		this.sum += value;
		bits.setFloat64(0, value);
		let bucket = (bits.getUint32(0) >>> (20 - stepBits)) - (lowest << stepBits);
		if (bucket < 0) bucket = 0;
		else if (bucket >= buckets) bucket = buckets - 1;
		this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
		if (bucket < this.#low) this.#low = bucket;
		if (bucket > this.#high) this.#high = bucket;
	}

	get mean(): number {
		return this.count === 0 ? 0 : this.sum / this.count;
	}

	/** Value below which the given share of what was added lies; 0 where nothing was added. */
	percentile(share: number): number {
		let left = share * this.count;
		for (let bucket = this.#low; bucket <= this.#high; bucket++) {
			left -= this.#counts[bucket] as number;
			if (left <= 0) return middle(bucket);
		}
		return 0;
	}

	save(): number[] {
		const flat = [this.count, this.sum];
		for (let bucket = this.#low; bucket <= this.#high; bucket++)
			if (this.#counts[bucket]) flat.push(bucket, this.#counts[bucket] as number);
		return flat;
	}

	load(flat: number[]): void {
		this.clear();
		this.count = flat[0] as number;
		this.sum = flat[1] as number;
		for (let at = 2; at < flat.length; at += 2) {
			const bucket = flat[at] as number;
			this.#counts[bucket] = flat[at + 1] as number;
			if (bucket < this.#low) this.#low = bucket;
			if (bucket > this.#high) this.#high = bucket;
		}
	}

	clear(): void {
		if (this.count === 0) return;
		this.#counts.fill(0, this.#low, this.#high + 1);
		this.count = 0;
		this.sum = 0;
		this.#low = buckets;
		this.#high = -1;
	}
}

function middle(bucket: number): number {
	bits.setUint32(0, (bucket + (lowest << stepBits)) << (20 - stepBits));
	bits.setUint32(4, 0);
	const low = bits.getFloat64(0);
	bits.setUint32(0, (bucket + 1 + (lowest << stepBits)) << (20 - stepBits));
	return (low + bits.getFloat64(0)) / 2;
}
