import type { Layer } from '$lib/simulation';

/** Inside to outside: core sits closest to the runtime's centre. */
export const ringOrder: readonly Layer[] = ['core', 'async', 'infra', 'edge'];

/** Where the services of a layer may stand: on `rows` circles inside the band around `radius`. */
export interface Band {
	radius: number;
	rows: number;
	/** Between one row and the next. */
	rowGap: number;
}

const innermost = 88;
const apart = 84;
const alongRow = 80;
const betweenRows = 56;
/** Share of the distance between rings that a band may fill, so that nobody stands nearer to another ring. */
const bandShare = 0.6;

/**
 * Bands wide enough for so many services each, inside to outside; the whole grows until all of them fit.
 * @param counts services for each ring
 */
export function bandsFor(counts: number[]): Band[] {
	for (let scale = 1; ; scale *= 1.1) {
		const most = 1 + Math.floor((scale * apart * bandShare) / betweenRows);
		const bands = counts.map((count, ring): Band => {
			const radius = scale * (innermost + ring * apart);
			const rows = Math.max(1, Math.ceil((count * alongRow) / (2 * Math.PI * radius)));
			return { radius, rows, rowGap: betweenRows };
		});
		if (bands.every(({ rows }) => rows <= most)) return bands;
	}
}

/** Radius of a row of a band. */
export function rowRadius({ radius, rows, rowGap }: Band, row: number): number {
	return radius + (row - (rows - 1) / 2) * rowGap;
}

/**
 * Angles near the wanted ones, none closer to the next than the circle allows.
 * @param wanted radians, in any order
 * @param gap radians that should lie between neighbours; less where there is no room for as much
 * @returns angles in the order of `wanted`
 */
export function spreadAngles(wanted: number[], gap: number): number[] {
	const count = wanted.length;
	if (count < 2) return [...wanted];
	const least = Math.min(gap, ((2 * Math.PI) / count) * 0.999);
	const order = wanted.map((_, index) => index);
	const turn = (angle: number) => ((angle % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
	order.sort((a, b) => turn(wanted[a] ?? 0) - turn(wanted[b] ?? 0) || a - b);
	const angles = order.map((index) => turn(wanted[index] ?? 0));
	for (let round = 0; round < 400; round++) {
		let moved = false;
		for (let index = 0; index < count; index++) {
			const next = (index + 1) % count;
			const here = angles[index] ?? 0;
			const there = (angles[next] ?? 0) + (next === 0 ? 2 * Math.PI : 0);
			const short = least - (there - here);
			if (short < 1e-6) continue;
			moved = true;
			angles[index] = here - short / 2;
			angles[next] = (angles[next] ?? 0) + short / 2;
		}
		if (!moved) break;
	}
	// Where pushing did not settle, an even circle does.
	const settled = angles.every((angle, index) => {
		const next = angles[(index + 1) % count] ?? 0;
		return next + (index === count - 1 ? 2 * Math.PI : 0) - angle > least * 0.95;
	});
	const start = angles[0] ?? 0;
	const result = new Array<number>(count);
	order.forEach((original, position) => {
		result[original] = settled ? (angles[position] ?? 0) : start + (position * 2 * Math.PI) / count;
	});
	return result;
}
