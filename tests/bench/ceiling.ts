/**
 * The practical ceiling: an M/M/c queue written by hand over typed arrays, that knows nothing else.
 * Answers with the requests completed in `seconds` of simulated time.
 */
export function runCeiling(rate: number, servers: number, meanMs: number, seconds: number): number {
	let state = 1;
	const draw = (mean: number) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		const unit = ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
		return -Math.log(1 - unit) * mean;
	};
	const endMs = seconds * 1000;
	const gapMs = 1000 / rate;
	const free = new Float64Array(servers).fill(Infinity); // moment at which each busy server is done
	const arrivedAt = new Float64Array(servers);
	const capacity = 1 << 16;
	const queue = new Float64Array(capacity);
	let head = 0;
	let tail = 0;
	let completed = 0;
	let totalMs = 0;
	let nextArrival = draw(gapMs);
	for (;;) {
		let soonest = 0;
		for (let server = 1; server < servers; server++)
			if ((free[server] ?? 0) < (free[soonest] ?? 0)) soonest = server;
		const done = free[soonest] ?? Infinity;
		const now = Math.min(nextArrival, done);
		if (now > endMs) break;
		if (nextArrival <= done) {
			const idle = free.indexOf(Infinity);
			if (idle >= 0) {
				arrivedAt[idle] = now;
				free[idle] = now + draw(meanMs);
			} else queue[tail++ & (capacity - 1)] = now;
			nextArrival = now + draw(gapMs);
		} else {
			completed++;
			totalMs += now - (arrivedAt[soonest] ?? 0);
			if (head < tail) {
				arrivedAt[soonest] = queue[head++ & (capacity - 1)] ?? 0;
				free[soonest] = now + draw(meanMs);
			} else free[soonest] = Infinity;
		}
	}
	return totalMs > 0 ? completed : 0;
}
