import { exactExp, exactLog } from './exact-math';

/**
 * Which key is asked for: the k-th most popular of `keys` with a weight of 1 / k ** skew (Zipf). Drawn from the inverse
 * of the cumulative weights, with a guide table that says where to begin (Chen and Asau, 1974).
 */
export class Popularity {
	readonly keys: number;
	readonly skew: number;
	readonly #cumulative: Float64Array;
	readonly #guide: Int32Array;
	readonly #sum: number;

	constructor(keys: number, skew: number) {
		this.keys = keys;
		this.skew = skew;
		this.#cumulative = new Float64Array(keys);
		let sum = 0;
		for (let key = 0; key < keys; key++) {
			sum += 1 / power(key + 1, skew);
			this.#cumulative[key] = sum;
		}
		this.#sum = sum;
		this.#guide = new Int32Array(keys);
		let key = 0;
		for (let part = 0; part < keys; part++) {
			while (key < keys - 1 && (this.#cumulative[key] as number) < (part / keys) * sum) key++;
			this.#guide[part] = key;
		}
	}

	/** The key, from 0 for the most popular, at which the cumulative weight reaches this share of the whole, (0, 1). */
	keyAt(share: number): number {
		const target = share * this.#sum;
		const cumulative = this.#cumulative;
		const last = this.keys - 1;
		let key = this.#guide[Math.floor(share * this.keys)] as number;
		while (key > 0 && (cumulative[key - 1] as number) >= target) key--;
		while (key < last && (cumulative[key] as number) < target) key++;
		return key;
	}
}

/** base ** exponent from exact operations. */
function power(base: number, exponent: number): number {
	if (exponent === 1) return base;
	if (exponent === 0) return 1;
	return exactExp(exponent * exactLog(base));
}
