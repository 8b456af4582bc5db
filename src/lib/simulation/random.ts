import { exactExp, exactLog } from './exact-math';

/** Where the tail begins, and the area of each of 256 layers under e^-x, the tail being a part of the lowest (op. cit.). */
const tail = 7.697117470131049;
const area = 0.003949659822581557;
/** Right edges and heights of the layers, the lowest first; its edge is that of a rectangle of the same area. */
const edges = new Float64Array(257);
const heights = new Float64Array(257);
edges[0] = area / exactExp(-tail);
edges[1] = tail;
heights[1] = exactExp(-tail);
for (let layer = 2; layer < 256; layer++) {
	heights[layer] = (heights[layer - 1] as number) + area / (edges[layer - 1] as number);
	edges[layer] = -exactLog(heights[layer] as number);
}
heights[256] = 1;

/**
 * A stream of random numbers with its own state: sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state of which
 * 32 are a counter, so that its period is at least 2^32 from any seed.
 */
export class RandomStream {
	#state: Int32Array;
	#spare: number;

	constructor(seed: number, name: string) {
		// FNV-1a of the name, mixed with the seed: streams of one run differ, the same name repeats.
		let hash = 0x811c9dc5;
		for (let index = 0; index < name.length; index++)
			hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
		this.#state = new Int32Array([seed | 0, hash, Math.imul(seed, 0x9e3779b1) ^ hash, 1]);
		this.#spare = NaN;
		for (let round = 0; round < 15; round++) this.integer();
	}

	/** 32 random bits. */
	integer(): number {
		const state = this.#state;
		const a = state[0] as number;
		const b = state[1] as number;
		const c = state[2] as number;
		const counter = state[3] as number;
		const result = (a + b + counter) | 0;
		state[3] = counter + 1;
		state[0] = b ^ (b >>> 9);
		state[1] = (c + (c << 3)) | 0;
		state[2] = (((c << 21) | (c >>> 11)) + result) | 0;
		return result >>> 0;
	}

	/** Uniform in (0, 1), never an end. */
	uniform(): number {
		return (this.integer() + 0.5) / 4294967296;
	}

	/**
	 * Exponential with mean 1, by the ziggurat of Marsaglia and Tsang (2000): 8 bits choose one of 256 layers of equal
	 * area under the density, 24 bits a place in it. All but one in ninety lie wholly inside and need no logarithm.
	 */
	exponential(): number {
		for (let shift = 0; ;) {
			const bits = this.integer();
			const layer = bits & 255;
			const place = ((bits >>> 8) + 0.5) / 16777216;
			const x = place * (edges[layer] as number);
			if (x < (edges[layer + 1] as number)) return shift + x;
			if (layer === 0) {
				// Beyond the lowest layer the density is its own copy, shifted.
				shift += tail;
				continue;
			}
			const low = heights[layer] as number;
			const high = heights[layer + 1] as number;
			if (low + this.uniform() * (high - low) < exactExp(-x)) return shift + x;
		}
	}

	/** Standard normal, by Marsaglia's polar method. */
	normal(): number {
		const spare = this.#spare;
		if (spare === spare) {
			this.#spare = NaN;
			return spare;
		}
		for (;;) {
			const x = this.uniform() * 2 - 1;
			const y = this.uniform() * 2 - 1;
			const s = x * x + y * y;
			if (s >= 1 || s === 0) continue;
			const factor = Math.sqrt((-2 * exactLog(s)) / s);
			this.#spare = y * factor;
			return x * factor;
		}
	}

	/** Mean 1 with the given coefficient of variation: 0 deterministic, 1 exponential, anything else log-normal. */
	positive(variation: number): number {
		if (variation === 0) return 1;
		if (variation === 1) return this.exponential();
		const variance = exactLog(1 + variation * variation);
		return exactExp(Math.sqrt(variance) * this.normal() - variance / 2);
	}

	save(): number[] {
		const spare = this.#spare;
		return [...this.#state, ...(spare === spare ? [spare] : [])];
	}

	load(saved: number[]): void {
		this.#state.set(saved.slice(0, 4));
		this.#spare = saved[4] ?? NaN;
	}
}
