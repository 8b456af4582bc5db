import type { SiteTopology } from '../content';
import type { Call, CallSettings, Change, Flow, Service } from '../simulation';

/** Everything about a running system that a change sets and a later change can set back. What it has built up (queues, full caches) is not here. */
export interface Settings {
	services: Service[];
	calls: Call[];
	flows: Flow[];
	/** Replicas taken out one by one, by service. */
	out: Record<string, number[]>;
	/** Calls whose breaker is held open, and subscriptions that are paused. */
	heldOpen: string[];
	paused: string[];
}

/** The settings of a system that nobody has touched. */
export function settingsOf({ services, calls, flows }: SiteTopology): Settings {
	return { services, calls, flows, out: {}, heldOpen: [], paused: [] };
}

/** What a call does where its setting is absent; `null` where absence is the setting. */
const callDefaults: Required<CallSettings> = {
	share: 1,
	times: 1,
	latencyMs: 0,
	lossRatio: 0,
	pool: null,
	timeoutMs: null,
	retries: null,
	breaker: null,
	fallback: 'error',
	cancellation: false
};
const callKeys = Object.keys(callDefaults) as (keyof CallSettings)[];

/**
 * The settings after a change. Changes of what the system has built up (`flush-cache`, `purge-queue`, `burst` and the
 * like) leave them as they are.
 * @param original what `roll-back` goes back to
 */
export function withChange(before: Settings, change: Change, original: Settings): Settings {
	switch (change.verb) {
		case 'scale':
			return withService(without(before, change.service), change.service, {
				replicas: change.replicas
			});
		case 'set-workers':
			return withService(before, change.service, { workers: change.workers });
		case 'set-service-time': {
			const variation =
				change.variation ?? serviceOf(before, change.service)?.serviceTime.variation ?? 1;
			return withService(before, change.service, {
				serviceTime: { meanMs: change.meanMs, variation }
			});
		}
		case 'set-failure-ratio':
			return withService(before, change.service, { failureRatio: change.ratio });
		case 'set-queue':
			return withService(before, change.service, {
				queueLimit: change.limit ?? undefined,
				...(change.discipline ? { queueDiscipline: change.discipline } : {})
			});
		case 'set-balancing':
			return withService(before, change.service, { balancing: change.balancing });
		case 'set-stall':
			return withService(before, change.service, { stall: change.stall ?? undefined });
		case 'set-contention':
			return withService(before, change.service, {
				contention: change.contention,
				coherency: change.coherency
			});
		case 'set-autoscaling':
			return withService(before, change.service, { autoscaling: change.autoscaling ?? undefined });
		case 'set-admission':
			return withService(before, change.service, { admission: change.admission ?? undefined });
		case 'set-cache': {
			const cache = serviceOf(before, change.service)?.cache;
			return cache
				? withService(before, change.service, { cache: { ...cache, ...change.set } })
				: before;
		}
		case 'override-replica': {
			const others = (serviceOf(before, change.service)?.replicaOverrides ?? []).filter(
				({ replica }) => replica !== change.override.replica
			);
			return withService(before, change.service, {
				replicaOverrides: [...others, change.override]
			});
		}
		case 'drain-replica':
		case 'kill-replica': {
			const out = new Set([...(before.out[change.service] ?? []), change.replica]);
			return { ...before, out: { ...before.out, [change.service]: [...out].sort() } };
		}
		case 'set-call':
			return withCall(before, change.call, (call) => merged(call, change.set));
		case 'open-breaker':
			return { ...before, heldOpen: [...before.heldOpen, change.call] };
		case 'close-breaker':
			return { ...before, heldOpen: before.heldOpen.filter((id) => id !== change.call) };
		case 'pause-consumers':
			return { ...before, paused: [...before.paused, change.call] };
		case 'resume-consumers':
			return { ...before, paused: before.paused.filter((id) => id !== change.call) };
		case 'set-rate':
			return {
				...before,
				flows: before.flows.map((flow) =>
					flow.id === change.flow ? { ...flow, rate: change.rate } : flow
				)
			};
		case 'roll-back': {
			const was = serviceOf(original, change.service);
			return was ? withService(without(before, change.service), change.service, was, true) : before;
		}
		case 'roll-back-call': {
			const was = original.calls.find(({ id }) => id === change.call);
			return was ? withCall(before, change.call, () => was) : before;
		}
		default:
			return before;
	}
}

/** Changes that bring the settings of one system to those of another; empty where they agree. */
export function difference(from: Settings, to: Settings): Change[] {
	const changes: Change[] = [];
	for (const target of to.services) {
		const current = serviceOf(from, target.id);
		if (current) changes.push(...serviceDifference(current, target));
		const out = to.out[target.id] ?? [];
		if (!same(from.out[target.id] ?? [], out)) {
			changes.push({ verb: 'scale', service: target.id, replicas: target.replicas });
			for (const replica of out)
				changes.push({ verb: 'drain-replica', service: target.id, replica });
		}
	}
	for (const target of to.calls) {
		const current = from.calls.find(({ id }) => id === target.id);
		const set = Object.fromEntries(
			callKeys
				.filter((key) => !same(setting(current, key), setting(target, key)))
				.map((key) => [key, setting(target, key)])
		) as CallSettings;
		if (Object.keys(set).length) changes.push({ verb: 'set-call', call: target.id, set });
	}
	for (const { id, rate } of to.flows)
		if (from.flows.find((flow) => flow.id === id)?.rate !== rate)
			changes.push({ verb: 'set-rate', flow: id, rate });
	for (const call of from.heldOpen)
		if (!to.heldOpen.includes(call)) changes.push({ verb: 'close-breaker', call });
	for (const call of to.heldOpen)
		if (!from.heldOpen.includes(call)) changes.push({ verb: 'open-breaker', call });
	for (const call of from.paused)
		if (!to.paused.includes(call)) changes.push({ verb: 'resume-consumers', call });
	for (const call of to.paused)
		if (!from.paused.includes(call)) changes.push({ verb: 'pause-consumers', call, seconds: null });
	return changes;
}

function serviceDifference(from: Service, to: Service): Change[] {
	const service = to.id;
	const changes: Change[] = [];
	const differs = (key: keyof Service) => !same(from[key], to[key]);
	if (differs('replicas')) changes.push({ verb: 'scale', service, replicas: to.replicas });
	if (differs('workers')) changes.push({ verb: 'set-workers', service, workers: to.workers });
	if (differs('serviceTime'))
		changes.push({ verb: 'set-service-time', service, ...to.serviceTime });
	if ((from.failureRatio ?? 0) !== (to.failureRatio ?? 0))
		changes.push({ verb: 'set-failure-ratio', service, ratio: to.failureRatio ?? 0 });
	if (differs('queueLimit') || (from.queueDiscipline ?? 'fifo') !== (to.queueDiscipline ?? 'fifo'))
		changes.push({
			verb: 'set-queue',
			service,
			limit: to.queueLimit ?? null,
			discipline: to.queueDiscipline ?? 'fifo'
		});
	if ((from.balancing ?? 'shared') !== (to.balancing ?? 'shared'))
		changes.push({ verb: 'set-balancing', service, balancing: to.balancing ?? 'shared' });
	if (differs('stall')) changes.push({ verb: 'set-stall', service, stall: to.stall ?? null });
	if (
		(from.contention ?? 0) !== (to.contention ?? 0) ||
		(from.coherency ?? 0) !== (to.coherency ?? 0)
	)
		changes.push({
			verb: 'set-contention',
			service,
			contention: to.contention ?? 0,
			coherency: to.coherency ?? 0
		});
	if (differs('autoscaling'))
		changes.push({ verb: 'set-autoscaling', service, autoscaling: to.autoscaling ?? null });
	if (differs('admission'))
		changes.push({ verb: 'set-admission', service, admission: to.admission ?? null });
	if (to.cache && differs('cache')) {
		// `warm` and the keys are what it started with; setting them would fill it anew.
		const { capacity, ttlSeconds, ttlJitter = 0, coalesce } = to.cache;
		changes.push({
			verb: 'set-cache',
			service,
			set: { capacity, ttlSeconds, ttlJitter, coalesce }
		});
	}
	const replicas = [...(from.replicaOverrides ?? []), ...(to.replicaOverrides ?? [])];
	for (const replica of new Set(replicas.map((override) => override.replica))) {
		const own = (list: Service['replicaOverrides']) =>
			list?.find((override) => override.replica === replica) ?? { replica };
		if (!same(own(from.replicaOverrides), own(to.replicaOverrides)))
			changes.push({
				verb: 'override-replica',
				service,
				override: own(to.replicaOverrides)
			});
	}
	return changes;
}

function serviceOf(settings: Settings, id: string): Service | undefined {
	return settings.services.find((service) => service.id === id);
}

type Patch = { [Key in keyof Service]?: Service[Key] | undefined };

/** An `undefined` in the patch removes the setting. */
function withService(settings: Settings, id: string, patch: Patch, whole = false): Settings {
	return {
		...settings,
		services: settings.services.map((service) => {
			if (service.id !== id) return service;
			const entries = Object.entries(whole ? patch : { ...service, ...patch });
			return Object.fromEntries(
				entries.filter(([, value]) => value !== undefined)
			) as unknown as Service;
		})
	};
}

function withCall(settings: Settings, id: string, change: (call: Call) => Call): Settings {
	return {
		...settings,
		calls: settings.calls.map((call) => (call.id === id ? change(call) : call))
	};
}

function merged(call: Call, set: CallSettings): Call {
	const entries = Object.entries({ ...call, ...set }).filter(([, value]) => value !== null);
	return Object.fromEntries(entries) as unknown as Call;
}

/** All replicas of a service are back in. */
function without(settings: Settings, service: string): Settings {
	return { ...settings, out: { ...settings.out, [service]: [] } };
}

function setting(call: Call | undefined, key: keyof CallSettings): unknown {
	return call?.[key] ?? callDefaults[key];
}

function same(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}
