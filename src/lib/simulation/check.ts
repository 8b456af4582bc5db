import {
	layers,
	serviceKinds,
	type Change,
	type Flow,
	type SimulationInput,
	type Topology
} from './types';

/** What is wrong with a piece of input, where, and what would be right. */
export interface Problem {
	/** Such as `services[2].workers`. */
	path: string;
	message: string;
	expected: string;
}

/** Says what the caller can do about it. */
export class SimulationError extends Error {
	override name = 'SimulationError';
}

type Report = (path: string, message: string, expected: string) => void;

/** Everything wrong with a topology, and with the flows over it where they are given. */
export function checkTopology(topology: Topology, workload?: { flows: Flow[] }): Problem[] {
	const problems: Problem[] = [];
	const report: Report = (path, message, expected) => problems.push({ path, message, expected });
	const services = new Map(topology.services.map((service) => [service.id, service]));
	const within = numberCheck(report);

	duplicates(topology.services, 'services', report);
	duplicates(topology.calls, 'calls', report);
	topology.services.forEach((service, index) => {
		const path = `services[${index}]`;
		oneOf(layers, service.layer, `${path}.layer`, report);
		oneOf(serviceKinds, service.kind, `${path}.kind`, report);
		within(`${path}.replicas`, service.replicas, 1, 1000, true);
		within(`${path}.workers`, service.workers, 0, 100_000, true);
		within(`${path}.serviceTime.meanMs`, service.serviceTime?.meanMs, 0, 3_600_000);
		within(`${path}.serviceTime.variation`, service.serviceTime?.variation, 0, 20);
		within(`${path}.queueLimit`, service.queueLimit, 0, 1_000_000, true);
		within(`${path}.failureRatio`, service.failureRatio, 0, 1);
		within(`${path}.contention`, service.contention, 0, 10);
		within(`${path}.coherency`, service.coherency, 0, 10);
		within(`${path}.startupSeconds`, service.startupSeconds, 0, 86_400);
		within(`${path}.stall.everySeconds`, service.stall?.everySeconds, 0.001, 86_400);
		within(`${path}.stall.forMs`, service.stall?.forMs, 0, 3_600_000);
		within(`${path}.cache.keys`, service.cache?.keys, 1, 1_000_000, true);
		within(`${path}.cache.capacity`, service.cache?.capacity, 1, 1_000_000, true);
		within(`${path}.cache.skew`, service.cache?.skew, 0, 5);
		within(`${path}.cache.ttlSeconds`, service.cache?.ttlSeconds, 0, 31_536_000);
		within(`${path}.cache.warm`, service.cache?.warm, 0, 1);
		if ((service.cache === undefined) !== (service.kind !== 'cache'))
			report(
				`${path}.cache`,
				'does not go with the kind',
				'a cache for services of kind cache, and only there'
			);
		if (service.topics && service.kind !== 'broker')
			report(
				`${path}.topics`,
				'does not go with the kind',
				'topics for services of kind broker only'
			);
		for (const [name, topic] of Object.entries(service.topics ?? {}))
			within(`${path}.topics.${name}.partitions`, topic.partitions, 1, 1000, true);
		within(`${path}.autoscaling.target`, service.autoscaling?.target, 0.01, 1_000_000);
		within(`${path}.autoscaling.everySeconds`, service.autoscaling?.everySeconds, 0.1, 86_400);
	});
	topology.calls.forEach((call, index) => {
		const path = `calls[${index}]`;
		for (const end of ['from', 'to'] as const)
			if (!services.has(call[end]))
				report(`${path}.${end}`, `there is no service ${call[end]}`, 'the id of a service');
		within(`${path}.share`, call.share, 0, 1);
		within(`${path}.times`, call.times, 0, 1000, true);
		within(`${path}.latencyMs`, call.latencyMs, 0, 600_000);
		within(`${path}.lossRatio`, call.lossRatio, 0, 1);
		within(`${path}.timeoutMs`, call.timeoutMs, 0.001, 3_600_000);
		within(`${path}.pool.size`, call.pool?.size, 1, 100_000, true);
		within(`${path}.pool.waitMs`, call.pool?.waitMs, 0, 3_600_000);
		within(`${path}.retries.attempts`, call.retries?.attempts, 1, 100, true);
		within(`${path}.retries.backoffMs`, call.retries?.backoffMs, 0, 3_600_000);
		within(`${path}.retries.budget`, call.retries?.budget, 0, 100);
		within(`${path}.breaker.window`, call.breaker?.window, 1, 100_000, true);
		within(`${path}.breaker.threshold`, call.breaker?.threshold, 0, 1);
		const broker =
			services.get(call.to)?.kind === 'broker' ? services.get(call.to) : services.get(call.from);
		if (call.topic !== undefined && !Object.hasOwn(broker?.topics ?? {}, call.topic))
			report(`${path}.topic`, `there is no topic ${call.topic}`, 'a topic of the broker');
	});
	const cycle = synchronousCycle(topology);
	if (cycle)
		report(
			'calls',
			`synchronous calls go round in a circle: ${cycle.join(' > ')}`,
			'at least one of them asynchronous'
		);
	workload?.flows.forEach((flow, index) => {
		if (!services.has(flow.entry))
			report(`flows[${index}].entry`, `there is no service ${flow.entry}`, 'the id of a service');
		within(`flows[${index}].rate`, flow.rate, 0, 100_000);
		flow.shape?.forEach((point, at) => {
			within(`flows[${index}].shape[${at}].factor`, point.factor, 0, 1000);
			within(`flows[${index}].shape[${at}].atSeconds`, point.atSeconds, 0, 31_536_000);
		});
	});
	if (workload) duplicates(workload.flows, 'flows', report);
	return problems;
}

export function checkInput(input: SimulationInput): Problem[] {
	const problems = checkTopology(input.topology, input.workload);
	if (!Number.isInteger(input.seed))
		problems.push({
			path: 'seed',
			message: `${input.seed} will not do`,
			expected: 'a whole number'
		});
	input.changes?.forEach(({ atSeconds, change }, index) => {
		const message = checkChange(change, { ...input.topology, flows: input.workload.flows });
		if (message)
			problems.push({
				path: `changes[${index}]`,
				message,
				expected: 'a change that fits the topology'
			});
		if (!(atSeconds >= 0 && atSeconds <= 86_400))
			problems.push({
				path: `changes[${index}].atSeconds`,
				message: `${atSeconds} will not do`,
				expected: 'seconds from 0 to 86400'
			});
	});
	return problems;
}

/** One sentence on why a change cannot be made, or undefined when it can. */
export function checkChange(
	change: Change,
	topology: Topology & { flows?: Flow[] }
): string | undefined {
	const service =
		'service' in change ? change.service : 'broker' in change ? change.broker : undefined;
	if (service !== undefined && !topology.services.some(({ id }) => id === service))
		return `There is no service ${service}.`;
	if ('call' in change && !topology.calls.some(({ id }) => id === change.call))
		return `There is no call ${change.call}.`;
	if ('flow' in change && topology.flows && !topology.flows.some(({ id }) => id === change.flow))
		return `There is no flow ${change.flow}.`;
	if (
		'topic' in change &&
		!Object.hasOwn(topology.services.find(({ id }) => id === service)?.topics ?? {}, change.topic)
	)
		return `There is no topic ${change.topic}.`;
	const absurd = absurdNumber(change);
	if (absurd)
		return `${absurd} will not do in ${change.verb}: numbers are finite and not negative.`;
	if (
		change.verb === 'scale' &&
		!(Number.isInteger(change.replicas) && change.replicas >= 1 && change.replicas <= 1000)
	)
		return 'Replicas are a whole number from 1 to 1000.';
	if (change.verb === 'set-failure-ratio' && change.ratio > 1)
		return 'A ratio lies between 0 and 1.';
	return undefined;
}

function absurdNumber(value: unknown, path = ''): string | undefined {
	if (typeof value === 'number') return value >= 0 && value <= 1e9 ? undefined : `${path} ${value}`;
	if (value === null || typeof value !== 'object') return undefined;
	for (const [key, each] of Object.entries(value)) {
		const found = absurdNumber(each, key);
		if (found) return found;
	}
	return undefined;
}

function numberCheck(report: Report) {
	return (path: string, value: number | undefined, least: number, most: number, whole = false) => {
		if (value === undefined) return;
		if (
			typeof value === 'number' &&
			value >= least &&
			value <= most &&
			(!whole || Number.isInteger(value))
		)
			return;
		report(
			path,
			`${String(value)} will not do`,
			`a ${whole ? 'whole ' : ''}number from ${least} to ${most}`
		);
	};
}

function oneOf(list: readonly string[], value: string, path: string, report: Report): void {
	if (!list.includes(value)) report(path, `${value} is unknown`, `one of ${list.join(', ')}`);
}

function duplicates(list: { id: string }[], path: string, report: Report): void {
	const seen = new Set<string>();
	list.forEach(({ id }, index) => {
		if (seen.has(id)) report(`${path}[${index}].id`, `${id} is there twice`, 'an id of its own');
		seen.add(id);
	});
}

/** A circle of synchronous calls, which could wait for itself for ever; undefined when there is none. */
function synchronousCycle(topology: Topology): string[] | undefined {
	const next = new Map<string, string[]>();
	const brokers = new Set(
		topology.services.filter(({ kind }) => kind === 'broker').map(({ id }) => id)
	);
	for (const { from, to, mode } of topology.calls)
		if (mode === 'sync' && !brokers.has(from)) next.set(from, [...(next.get(from) ?? []), to]);
	const done = new Set<string>();
	function search(id: string, path: string[]): string[] | undefined {
		if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
		if (done.has(id)) return undefined;
		for (const to of next.get(id) ?? []) {
			const found = search(to, [...path, id]);
			if (found) return found;
		}
		done.add(id);
		return undefined;
	}
	for (const { id } of topology.services) {
		const found = search(id, []);
		if (found) return found;
	}
	return undefined;
}
