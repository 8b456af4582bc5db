import type { Call } from '$lib/simulation';
import { formatLatency, formatRatio } from '$lib/ui';

/** How a call is made, each rule in a few words: pool, timeout, retries, breaker and what else is set. */
export function callRules(call: Call): string[] {
	const { pool, retries, breaker } = call;
	return [
		call.mode === 'async' && 'nobody waits',
		call.topic && `topic ${call.topic}`,
		call.onMiss && 'on a miss',
		call.share !== undefined && call.share < 1 && `${formatRatio(call.share)} of requests`,
		call.times !== undefined && call.times !== 1 && `${call.times} times`,
		call.timeoutMs && `timeout ${formatLatency(call.timeoutMs)}`,
		pool && `pool of ${pool.size}, ${formatLatency(pool.waitMs)} wait at most`,
		retries &&
			`${retries.attempts} attempts${retries.budget === undefined ? '' : `, budget ${formatRatio(retries.budget)}`}`,
		breaker &&
			`breaker at ${formatRatio(breaker.threshold)} of ${breaker.window}, open ${breaker.openSeconds} s`,
		call.fallback === 'degraded' && 'can do without',
		call.cancellation && 'cancels'
	].filter((rule) => typeof rule === 'string');
}
