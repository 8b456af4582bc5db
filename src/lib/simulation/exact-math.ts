/**
 * Logarithm and exponential from operations that IEEE 754 fixes exactly (+ - * /, integers), so that every engine
 * gives the same last bit; `Math.log` and `Math.exp` do not promise that. Both agree with them to 1e-14 relative.
 */

const bits = new DataView(new ArrayBuffer(8));
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

/** Natural logarithm of a positive, normal number. */
export function exactLog(x: number): number {
	bits.setFloat64(0, x);
	const high = bits.getUint32(0);
	let exponent = (high >>> 20) - 1023;
	bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
	let mantissa = bits.getFloat64(0);
	if (mantissa > 1.4142135623730951) {
		mantissa /= 2;
		exponent += 1;
	}
	// ln m = 2 artanh s, s = (m - 1) / (m + 1), |s| <= 0.1716
	const s = (mantissa - 1) / (mantissa + 1);
	const z = s * s;
	let sum = 1 / 19;
	sum = sum * z + 1 / 17;
	sum = sum * z + 1 / 15;
	sum = sum * z + 1 / 13;
	sum = sum * z + 1 / 11;
	sum = sum * z + 1 / 9;
	sum = sum * z + 1 / 7;
	sum = sum * z + 1 / 5;
	sum = sum * z + 1 / 3;
	sum = sum * z + 1;
	return exponent * ln2High + (2 * s * sum + exponent * ln2Low);
}

/** e to the power x, for |x| < 700. */
export function exactExp(x: number): number {
	const k = Math.round(x / 0.6931471805599453);
	const r = x - k * ln2High - k * ln2Low;
	let sum = 1;
	for (let n = 14; n >= 1; n -= 1) sum = 1 + (r / n) * sum;
	bits.setUint32(0, (k + 1023) << 20);
	bits.setUint32(4, 0);
	return sum * bits.getFloat64(0);
}
