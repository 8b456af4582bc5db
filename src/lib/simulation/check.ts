import { endlessCircle, synchronousCycle } from './circles';
import {
	callRules,
	changeRules,
	checkFields,
	flowRules,
	overrideRules,
	serviceRules,
	shapeRules,
	topicRules,
	unknownFields,
	type Complain
} from './ranges';
import type { Call, Change, Flow, Service, SimulationInput, Topology } from './types';

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

/** Arrivals per second that a flow may come to at most, its shape and bursts included. */
const maximumArrivals = 1_000_000;

/** Everything wrong with a topology, and with the flows over it where they are given. */
export function checkTopology(topology: Topology, workload?: { flows: Flow[] }): Problem[] {
	const problems: Problem[] = [];
	const report: Complain = (path, message, expected) => problems.push({ path, message, expected });
	const services = new Map(topology.services.map((service) => [service.id, service]));
	duplicates(topology.services, 'services', report);
	duplicates(topology.calls, 'calls', report);
	topology.services.forEach((service, index) =>
		checkService(service, at(report, `services[${index}]`))
	);
	topology.calls.forEach((call, index) =>
		checkCall(call, services, workload?.flows, at(report, `calls[${index}]`))
	);
	const cycle = synchronousCycle(topology);
	if (cycle)
		report(
			'calls',
			`synchronous calls go round in a circle: ${cycle.join(' > ')}`,
			'at least one of them asynchronous'
		);
	else if (problems.length === 0) {
		const endless = endlessCircle(topology);
		if (endless !== undefined)
			report(
				'calls',
				`each request that leaves ${endless} comes back to it at least once`,
				'a share or times that let the circle die out'
			);
	}
	workload?.flows.forEach((flow, index) =>
		checkFlow(flow, services, at(report, `flows[${index}]`))
	);
	if (workload) duplicates(workload.flows, 'flows', report);
	return problems;
}

function checkService(service: Service, report: Complain) {
	checkFields(service, serviceRules, report);
	if ((service.cache === undefined) !== (service.kind !== 'cache'))
		report(
			'cache',
			'does not go with the kind',
			'a cache for services of kind cache, and only there'
		);
	if (Object.keys(service.topics ?? {}).length > 0 !== (service.kind === 'broker'))
		report(
			'topics',
			'do not go with the kind',
			'at least one topic for services of kind broker, and only there'
		);
	for (const [name, topic] of Object.entries(service.topics ?? {}))
		checkFields(topic, topicRules, at(report, `topics.${name}`));
	service.replicaOverrides?.forEach((override, index) =>
		checkFields(override, overrideRules, at(report, `replicaOverrides[${index}]`))
	);
	const policy = service.autoscaling;
	if (policy && policy.minimum > policy.maximum)
		report(
			'autoscaling.minimum',
			`${policy.minimum} is more than the maximum`,
			`a whole number from 1 to ${policy.maximum}`
		);
}

function checkCall(
	call: Call,
	services: Map<string, Service>,
	flows: Flow[] | undefined,
	report: Complain
) {
	for (const end of ['from', 'to'] as const)
		if (!services.has(call[end]))
			report(end, `there is no service ${call[end]}`, 'the id of a service');
	checkFields(call, callRules, report);
	const to = services.get(call.to);
	const broker = to?.kind === 'broker' ? to : services.get(call.from);
	if (call.topic !== undefined && !Object.hasOwn(broker?.topics ?? {}, call.topic))
		report('topic', `there is no topic ${call.topic}`, 'a topic of the broker');
	call.flows?.forEach((id, index) => {
		if (flows && !flows.some((flow) => flow.id === id))
			report(`flows[${index}]`, `there is no flow ${id}`, 'the id of a flow');
	});
}

function checkFlow(flow: Flow, services: Map<string, Service>, report: Complain) {
	if (!services.has(flow.entry))
		report('entry', `there is no service ${flow.entry}`, 'the id of a service');
	checkFields(flow, flowRules, report);
	flow.shape?.forEach((point, index) => {
		checkFields(point, shapeRules, at(report, `shape[${index}]`));
		const before = flow.shape?.[index - 1]?.atSeconds ?? 0;
		if (point.atSeconds < before)
			report(
				`shape[${index}].atSeconds`,
				`${point.atSeconds} is before ${before}`,
				'points in the order of time'
			);
	});
	if (flow.rate * highest(flow) > maximumArrivals)
		report(
			'rate',
			`${flow.rate} comes to more than ${maximumArrivals} per second`,
			`a rate that its shape takes to ${maximumArrivals} at most`
		);
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
	const rules = Object.hasOwn(changeRules, change.verb) ? changeRules[change.verb] : undefined;
	if (!rules) return `There is no verb ${String(change.verb)}.`;
	const id = 'service' in change ? change.service : 'broker' in change ? change.broker : undefined;
	const service = topology.services.find((each) => each.id === id);
	if (id !== undefined && !service) return `There is no service ${id}.`;
	const call = 'call' in change ? topology.calls.find(({ id }) => id === change.call) : undefined;
	if ('call' in change && !call) return `There is no call ${change.call}.`;
	const flow = 'flow' in change ? topology.flows?.find(({ id }) => id === change.flow) : undefined;
	if ('flow' in change && topology.flows && !flow) return `There is no flow ${change.flow}.`;

	let wrong: string | undefined;
	checkFields(
		change,
		rules,
		(path, message, expected) =>
			(wrong ??= `${path} ${message} in ${change.verb}; expected ${expected}.`),
		true
	);
	if (wrong !== undefined) return wrong;
	switch (change.verb) {
		case 'set-call':
			return call && checkSettings(change.set, call, topology);
		case 'set-cache':
			return service?.cache ? undefined : `${change.service} is no cache.`;
		case 'flush-cache':
			return service?.cache ? undefined : `${change.service} is no cache.`;
		case 'set-autoscaling':
			return change.autoscaling && change.autoscaling.minimum > change.autoscaling.maximum
				? 'The minimum of replicas is more than the maximum.'
				: undefined;
		case 'publish-poison':
		case 'park-poison': {
			const topics = service?.topics ?? {};
			const topic = Object.hasOwn(topics, change.topic) ? topics[change.topic] : undefined;
			if (!topic) return `There is no topic ${change.topic}.`;
			return change.verb === 'publish-poison' && change.partition >= topic.partitions
				? `${change.topic} has partitions 0 to ${topic.partitions - 1}.`
				: undefined;
		}
		case 'set-rate':
			return tooMany(change.rate, flow);
		case 'burst':
			return tooMany((flow?.rate ?? 0) * change.factor, flow);
		default:
			return undefined;
	}
}

function checkSettings(
	set: Extract<Change, { verb: 'set-call' }>['set'],
	call: Call,
	topology: Topology
): string | undefined {
	const [unknown] = unknownFields(set, callRules, ['cancellation']);
	if (unknown !== undefined) return `A call has no setting ${unknown}.`;
	if (set.share === undefined && set.times === undefined) return undefined;
	const calls = topology.calls.map((each) =>
		each === call
			? { ...each, share: set.share ?? each.share ?? 1, times: set.times ?? each.times ?? 1 }
			: each
	);
	return endlessCircle({ ...topology, calls }) === undefined
		? undefined
		: `With this, requests that leave ${call.from} come back to it at least once each.`;
}

function tooMany(rate: number, flow: Flow | undefined): string | undefined {
	return rate * (flow ? highest(flow) : 1) > maximumArrivals
		? `More than ${maximumArrivals} requests would arrive in a second.`
		: undefined;
}

function highest({ shape }: Flow): number {
	return shape?.length ? Math.max(...shape.map(({ factor }) => factor)) : 1;
}

/** Complaints about what lies below a path. */
function at(report: Complain, path: string): Complain {
	return (field, message, expected) => report(`${path}.${field}`, message, expected);
}

function duplicates(list: { id: string }[], path: string, report: Complain): void {
	const seen = new Set<string>();
	list.forEach(({ id }, index) => {
		if (seen.has(id)) report(`${path}[${index}].id`, `${id} is there twice`, 'an id of its own');
		seen.add(id);
	});
}
