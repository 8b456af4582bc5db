import type { SiteTopology } from '$lib/content';
import type { Change, ScheduledChange } from '$lib/simulation';
import { formatRatio } from '$lib/ui';

/** One way of hurting the running system, ready to be done. */
export interface Break {
	verb: BreakVerb;
	/** A service's id; a flow's for `load`, or `all` for every flow. */
	subject: string;
	/** On a button: `Kill a replica`. */
	label: string;
	/** The shell command that does the same. */
	command: string;
	/** What has been done, as a clause: `one replica of Gateway killed`. */
	done: string;
	changes: Change[];
	/** Puts its subjects back to what the topology says. */
	revert: Change[];
}

export const breakVerbs = [
	'kill',
	'slow',
	'fail',
	'drop',
	'load',
	'retries',
	'unbound',
	'breaker',
	'pause'
] as const;
export type BreakVerb = (typeof breakVerbs)[number];

/** What each does, for help texts; the amount and its default in brackets. */
export const breakHelp: Record<BreakVerb, string> = {
	kill: 'kill SERVICE: one replica dies and stays dead',
	slow: 'slow SERVICE [FACTOR 5]: its own work takes so many times as long',
	fail: 'fail SERVICE [SHARE 0.3]: this share of its requests fails',
	drop: 'drop CACHE: forgets everything it holds',
	load: 'load FLOW|all [FACTOR 2]: so many times the usual traffic',
	retries: 'retries SERVICE: its callers try four times, at once and without a budget',
	unbound: 'unbound SERVICE: its queue has no limit any more',
	breaker: 'breaker SERVICE: the circuit to it is open, nobody calls',
	pause: 'pause SERVICE: takes nothing from the broker any more'
};

/** Tried again at once and without a budget: the setting that storms are made of. */
const naiveRetries = { attempts: 4, backoffMs: 10 };

/**
 * A break by its verb and subject, or a sentence on why there is none.
 * @param applied what has been changed already: a replica can die only once
 */
export function breakOf(
	topology: SiteTopology,
	verb: BreakVerb,
	subject: string,
	amount?: number,
	applied: ScheduledChange[] = []
): Break | string {
	if (verb === 'load') return loadOf(topology, subject, amount ?? 2);
	const service = topology.services.find(({ id }) => id === subject);
	if (!service) return `there is no service ${subject}`;
	const { id, name } = service;
	const onService = [{ verb: 'roll-back' as const, service: id }];
	const into = topology.calls.filter((call) => call.to === id && call.mode === 'sync');
	const onCalls = into.map((call) => ({ verb: 'roll-back-call' as const, call: call.id }));
	const made = (label: string, done: string, changes: Change[], revert: Change[] = onService) => ({
		verb,
		subject: id,
		label,
		command: `topology ${verb} ${id}${amount === undefined ? '' : ` ${amount}`}`,
		done,
		changes,
		revert
	});
	switch (verb) {
		case 'kill': {
			const dead = killedOf(id, applied);
			if (service.kind === 'client') return `${name} is not ours to kill`;
			if (dead >= service.replicas) return `${name} has no replica left`;
			return made(
				`Kill a replica (${service.replicas - dead} left)`,
				`a replica of ${name} killed`,
				[{ verb: 'kill-replica', service: id, replica: dead }]
			);
		}
		case 'slow': {
			const factor = amount ?? 5;
			if (!(factor > 0 && factor <= 1000)) return 'the factor is more than 0 and at most 1000';
			if (service.serviceTime.meanMs === 0) return `${name} does no work of its own`;
			return made(`Slow it ${factor} times`, `${name} ${factor} times slower`, [
				{ verb: 'set-service-time', service: id, meanMs: service.serviceTime.meanMs * factor }
			]);
		}
		case 'fail': {
			const ratio = amount ?? 0.3;
			if (!(ratio >= 0 && ratio <= 1)) return 'the share is from 0 to 1';
			return made(
				`Fail ${formatRatio(ratio)} of requests`,
				`${formatRatio(ratio)} of ${name}'s requests failing`,
				[{ verb: 'set-failure-ratio', service: id, ratio }]
			);
		}
		case 'drop':
			if (!service.cache) return `${name} is no cache`;
			return made('Drop its contents', `${name} emptied`, [{ verb: 'flush-cache', service: id }]);
		case 'retries':
			if (into.length === 0) return `nobody waits for ${name}`;
			return made(
				'Turn naive retries on',
				`callers of ${name} try four times, without a budget`,
				into.map((call) => ({ verb: 'set-call', call: call.id, set: { retries: naiveRetries } })),
				onCalls
			);
		case 'unbound':
			if (service.queueLimit === undefined) return `${name} has no queue with a limit`;
			return made('Lift the limit of its queue', `the queue of ${name} without a limit`, [
				{ verb: 'set-queue', service: id, limit: null }
			]);
		case 'breaker':
			if (into.length === 0) return `nobody waits for ${name}`;
			return made(
				'Open the circuit to it',
				`the circuit to ${name} open`,
				into.map((call) => ({ verb: 'open-breaker', call: call.id })),
				onCalls
			);
		case 'pause': {
			const taken = topology.calls.filter(
				({ from, to }) =>
					to === id && topology.services.find((each) => each.id === from)?.kind === 'broker'
			);
			if (taken.length === 0) return `${name} takes nothing from a broker`;
			return made(
				'Pause its consumers',
				`consumers of ${name} paused`,
				taken.map((call) => ({ verb: 'pause-consumers', call: call.id, seconds: null })),
				taken.map((call) => ({ verb: 'resume-consumers', call: call.id }))
			);
		}
	}
}

function loadOf(topology: SiteTopology, subject: string, factor: number): Break | string {
	const flows = topology.flows.filter(({ id }) => subject === 'all' || id === subject);
	if (flows.length === 0)
		return `there is no flow ${subject} (${topology.flows.map(({ id }) => id).join(', ')}, all)`;
	if (!(factor >= 0 && factor <= 100)) return 'the factor is from 0 to 100';
	const what = subject === 'all' ? 'traffic' : `${flows[0]?.title} traffic`;
	return {
		verb: 'load',
		subject,
		label: `${factor} times the ${what}`,
		command: `topology load ${subject} ${factor}`,
		done: `${factor} times the ${what}`,
		changes: flows.map(({ id, rate }) => ({ verb: 'set-rate', flow: id, rate: rate * factor })),
		revert: flows.map(({ id, rate }) => ({ verb: 'set-rate', flow: id, rate }))
	};
}

/** Replicas of a service that have died since it was last put back. */
function killedOf(service: string, applied: ScheduledChange[]): number {
	let dead = 0;
	for (const { change } of applied) {
		if (!('service' in change) || change.service !== service) continue;
		if (change.verb === 'kill-replica') dead++;
		else if (change.verb === 'roll-back' || change.verb === 'restart') dead = 0;
	}
	return dead;
}

/** All that can be done to a service as things are, in the order of the verbs. */
export function breaksOf(
	topology: SiteTopology,
	service: string,
	applied: ScheduledChange[] = []
): Break[] {
	return breakVerbs
		.filter((verb) => verb !== 'load')
		.map((verb) => breakOf(topology, verb, service, undefined, applied))
		.filter((each) => typeof each !== 'string');
}
