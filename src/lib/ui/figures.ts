/** How figures read on the site: one rule for each unit, so that a number looks the same wherever it stands. */

/** Milliseconds, or seconds from one second on: `69 ms`, `1.24 s`. */
export function formatLatency(ms: number): string {
	if (!Number.isFinite(ms)) return '–';
	if (ms < 10) return `${ms.toFixed(1)} ms`;
	if (ms < 1000) return `${Math.round(ms)} ms`;
	return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** A ratio in [0, 1] as per cent: `0.3 %`, `22 %`. */
export function formatRatio(ratio: number): string {
	if (!Number.isFinite(ratio)) return '–';
	const percent = ratio * 100;
	return `${percent !== 0 && percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** Per second: `468 rps`. */
export function formatRate(rate: number): string {
	if (!Number.isFinite(rate)) return '–';
	return `${rate < 10 ? rate.toFixed(1) : Math.round(rate)} rps`;
}

/** A whole number with thousands apart by a no-break space: `12 400`. */
export function formatCount(count: number): string {
	return Math.round(count)
		.toString()
		.replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0');
}
