/** Student's t at 0.995 for 19 degrees of freedom (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2). */
const t995at19 = 2.861;
export const replications = 20;

export interface Interval {
	mean: number;
	/** Half the width of the 99 % confidence interval. */
	half: number;
}

/** The 99 % confidence interval of a mean from {@link replications} independent runs. */
export function interval(values: readonly number[]): Interval {
	if (values.length !== replications) throw new RangeError(`expected ${replications} values`);
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const variance =
		values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
	return { mean, half: t995at19 * Math.sqrt(variance / values.length) };
}

/** Erlang's B: the share that finds all servers taken where nobody waits, by its recursion. */
export function erlangB(servers: number, load: number): number {
	let blocking = 1;
	for (let k = 1; k <= servers; k++) blocking = (load * blocking) / (k + load * blocking);
	return blocking;
}

/** Erlang's C: the share that has to wait. */
export function erlangC(servers: number, load: number): number {
	const blocking = erlangB(servers, load);
	return blocking / (1 - (load / servers) * (1 - blocking));
}

/** M/M/c/K by its balance equations: the share refused, and the mean number inside. */
export function boundedQueue(rate: number, serviceRate: number, servers: number, places: number) {
	const weights = [1];
	for (let n = 1; n <= places; n++)
		weights.push(((weights[n - 1] ?? 0) * rate) / (Math.min(n, servers) * serviceRate));
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const inside = weights.reduce((sum, weight, n) => sum + n * weight, 0) / total;
	return { blocked: (weights[places] ?? 0) / total, inside };
}

/** The time within which a share of the answers of an M/M/c come, in units of what `serviceRate` is per. */
export function responsePercentile(
	share: number,
	rate: number,
	serviceRate: number,
	servers: number
): number {
	const wait = erlangC(servers, rate / serviceRate);
	const theta = servers * serviceRate - rate;
	const beyond = (t: number) =>
		(1 - wait) * Math.exp(-serviceRate * t) +
		(Math.abs(theta - serviceRate) < 1e-9
			? wait * (1 + serviceRate * t) * Math.exp(-serviceRate * t)
			: (wait * (theta * Math.exp(-serviceRate * t) - serviceRate * Math.exp(-theta * t))) /
				(theta - serviceRate));
	let low = 0;
	let high = 1000 / theta;
	for (let halving = 0; halving < 80; halving++) {
		const middle = (low + high) / 2;
		if (beyond(middle) > 1 - share) low = middle;
		else high = middle;
	}
	return low;
}
