/** What numbers and names an input may have, field by field. A `?` behind a name: it may be absent; a `*`: a change may take it away. */

import { layers, serviceKinds } from './types';

interface Range {
	least: number;
	most: number;
	whole: boolean;
}
type Rule = Range | readonly string[] | Rules;
export interface Rules {
	[field: string]: Rule;
}
/** Told of each wrong field: its path from the value, what is wrong, what would be right. */
export type Complain = (path: string, message: string, expected: string) => void;

const number = (least: number, most: number): Range => ({ least, most, whole: false });
const whole = (least: number, most: number): Range => ({ least, most, whole: true });
const ratio = number(0, 1);
const milliseconds = number(0, 3_600_000);
const seconds = number(0, 86_400);
const year = number(0, 31_536_000);
const count = whole(1, 1000);
const backlog = whole(0, 1_000_000);
const perSecond = number(0, 1_000_000);

const disciplines = ['fifo', 'adaptive-lifo'];
const balancings = ['shared', 'round-robin', 'least-busy'];
const stall: Rules = { everySeconds: number(0.001, 86_400), forMs: milliseconds };
const override: Rules = {
	replica: whole(0, 999),
	'slowdown?': number(0, 1000),
	'failureRatio?': ratio,
	'failureMs?': milliseconds
};
const autoscaling: Rules = {
	metric: ['utilisation', 'in-flight'],
	target: number(0.01, 1_000_000),
	minimum: count,
	maximum: count,
	everySeconds: number(0.1, 86_400),
	scaleInAfterSeconds: seconds
};
const admission: Rules = {
	'tokenBucket?': { rate: perSecond, burst: perSecond },
	'concurrency?': backlog,
	'lowPriorityShare?': ratio
};
const cacheSettings: Rules = {
	'keys?': whole(1, 1_000_000),
	'skew?': number(0, 5),
	'capacity?': whole(1, 1_000_000),
	'ttlSeconds?': year,
	'ttlJitter?': ratio,
	'warm?': ratio
};
const callSettings: Rules = {
	'share?': ratio,
	'times?': whole(0, 1000),
	'latencyMs?': number(0, 600_000),
	'lossRatio?': ratio,
	'pool?*': { size: whole(1, 100_000), waitMs: milliseconds },
	'timeoutMs?*': number(0.001, 3_600_000),
	'retries?*': {
		attempts: whole(1, 100),
		backoffMs: milliseconds,
		'maxBackoffMs?': milliseconds,
		'jitter?': ratio,
		'budget?': number(0, 100)
	},
	'breaker?*': {
		window: whole(1, 100_000),
		threshold: ratio,
		openSeconds: seconds,
		probes: count
	},
	'fallback?': ['error', 'degraded']
};

export const serviceRules: Rules = {
	layer: layers,
	kind: serviceKinds,
	replicas: count,
	workers: whole(0, 100_000),
	serviceTime: { meanMs: milliseconds, variation: number(0, 20) },
	'queueLimit?': backlog,
	'queueDiscipline?': disciplines,
	'balancing?': balancings,
	'failureRatio?': ratio,
	'contention?': number(0, 10),
	'coherency?': number(0, 10),
	'stall?': stall,
	'startupSeconds?': seconds,
	'autoscaling?': autoscaling,
	'cache?': Object.fromEntries(
		// A cache has all of its settings but for the spread of expiry; a change has those that it changes.
		Object.entries(cacheSettings).map(([name, rule]) => [
			name === 'ttlJitter?' ? name : name.slice(0, -1),
			rule
		])
	),
	'admission?': admission
};
export const topicRules: Rules = { partitions: count, 'retentionSeconds?': year };
export const overrideRules = override;
export const callRules: Rules = {
	...callSettings,
	mode: ['sync', 'async'],
	'order?': whole(0, 1000)
};
export const flowRules: Rules = {
	rate: number(0, 100_000),
	'arrivals?': ['poisson', 'regular'],
	'priority?': ['high', 'low']
};
export const shapeRules: Rules = { atSeconds: year, factor: number(0, 1000) };

/** Each verb of the vocabulary, without the name that it works on. */
export const changeRules: Record<string, Rules> = {
	scale: { replicas: count },
	'set-workers': { workers: whole(0, 100_000) },
	'set-service-time': { meanMs: milliseconds, 'variation?': number(0, 20) },
	'set-failure-ratio': { ratio },
	'set-queue': { 'limit*': backlog, 'discipline?': disciplines },
	'set-balancing': { balancing: balancings },
	'set-stall': { 'stall*': stall },
	'set-contention': { contention: number(0, 10), coherency: number(0, 10) },
	'set-autoscaling': { 'autoscaling*': autoscaling },
	'set-admission': { 'admission*': admission },
	'override-replica': { override },
	'drain-replica': { replica: whole(0, 999) },
	'kill-replica': { replica: whole(0, 999) },
	restart: {},
	pause: { seconds },
	'purge-queue': { 'olderThanMs?': number(0, 86_400_000) },
	'set-call': { set: callSettings },
	'open-breaker': {},
	'close-breaker': {},
	'flush-cache': { 'share?': ratio },
	'set-cache': { set: cacheSettings },
	'pause-consumers': { 'seconds*': seconds },
	'resume-consumers': {},
	'publish-poison': { partition: whole(0, 999) },
	'park-poison': {},
	'set-rate': { rate: number(0, 100_000) },
	burst: { factor: number(0, 1000), seconds },
	'roll-back': {},
	'roll-back-call': {}
};

/** Holds a value to its rules; in a change, `null` takes away what may be taken away. */
export function checkFields(
	value: object,
	rules: Rules,
	complain: Complain,
	inChange = false,
	path = ''
): void {
	for (const [name, rule] of Object.entries(rules)) {
		const field = name.replace(/[?*]+$/, '');
		const each = (value as Record<string, unknown>)[field];
		const where = path ? `${path}.${field}` : field;
		if (each === undefined && name.includes('?')) continue;
		if (each === null && inChange && name.endsWith('*')) continue;
		if (Array.isArray(rule)) {
			if (!rule.includes(each))
				complain(where, `${String(each)} is unknown`, `one of ${rule.join(', ')}`);
		} else if ('least' in rule) {
			const { least, most, whole } = rule as Range;
			if (
				!(typeof each === 'number' && each >= least && each <= most) ||
				(whole && !Number.isInteger(each))
			)
				complain(
					where,
					`${String(each)} will not do`,
					`a ${whole ? 'whole ' : ''}number from ${least} to ${most}`
				);
		} else if (typeof each === 'object' && each !== null)
			checkFields(each, rule as Rules, complain, inChange, where);
		else
			complain(
				where,
				`${String(each)} will not do`,
				`settings: ${Object.keys(rule).join(', ').replace(/[?*]/g, '')}`
			);
	}
}

/** Names in a value that its rules do not know, and that are not among the others. */
export function unknownFields(value: object, rules: Rules, others: string[]): string[] {
	const known = new Set([
		...Object.keys(rules).map((name) => name.replace(/[?*]+$/, '')),
		...others
	]);
	return Object.keys(value).filter((name) => !known.has(name));
}
