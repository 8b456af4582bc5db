import type { Call, Service } from '$lib/simulation';
import type { ServiceText, SiteTopology } from '$lib/content';
import { maximumCalls, maximumServices, type DraftService } from './draft';
import { edgesOf, promoteBrokers, topicIdOf, topicsOf, type Edge, type Known } from './edges';
import { entriesOf, flowsOf, type Entrance } from './entries';
import { article, capacityOf, identify, usualCache, usualTopic, type Capacity } from './guess';
import { Identifiers } from './identifiers';
import type { Guess, ImportFormat, ImportNote, ImportResult } from './imported';
import { size, type Sizing, type Station } from './sizing';
import { soundUnwound } from './unwind';

interface Sized {
	known: Known;
	capacity: Capacity & { because: string };
}

/** Makes a topology that runs out of what a reader found; `notes` are the reader's own. Without drafts there were too many calls. */
export function assemble(
	format: ImportFormat,
	drafts: DraftService[] | undefined,
	notes: ImportNote[]
): ImportResult {
	const tooMany = `more than ${maximumCalls} calls between services; at most that many are read`;
	if (!drafts) return refuse(tooMany);
	if (drafts.length > maximumServices)
		return refuse(`${drafts.length} services; at most ${maximumServices} are read`);
	if (drafts.length === 0) return refuse('there is no service in it that keeps running', notes);
	const known = knownOf(drafts, notes);
	promoteBrokers(known);
	const topics = topicsOf(known);
	const found = edgesOf(known, topics, notes);
	if (found.length > maximumCalls) return refuse(tooMany);
	const all = [...known.values()];
	const entrance = entriesOf(all, found);
	const entries = flowsOf(entrance, known, (key) => topicIdOf(topics.get(key)));
	const ids = ['client', ...all.map(({ id }) => id)];
	const unwound = soundUnwound(ids, [...entries.edges, ...found], notes);
	const sized = new Map(all.map((each) => [each.id, sizedOf(each)]));
	const stations = new Map<string, Station>(
		[...sized].map(([id, { known, capacity }]) => [
			id,
			{
				workers: capacity.workers,
				meanMs: capacity.serviceTime.meanMs,
				replicas: known.draft.replicas ?? 1
			}
		])
	);
	const sizing = size(
		unwound,
		stations,
		entries.flows.map(({ id }) => id)
	);
	const guesses: Guess[] = [];
	const services = all.map((each) => {
		const with_ = sized.get(each.id) ?? sizedOf(each);
		const topic = topicIdOf(topics.get(each.draft.key));
		return serviceOf(with_, topic, sizing, guesses);
	});
	const kinds = new Map(services.map(({ id, kind }) => [id, kind]));
	const calls = unwound.edges.map((edge) =>
		callOf(edge, kinds.get(edge.to), stations.get(edge.from), sizing, guesses)
	);
	const topology: SiteTopology = {
		title: 'The imported system',
		summary: `${services.length} services read from ${titles[format]}.`,
		services: [client, ...services],
		calls,
		flows: entries.flows.map((flow) => ({ ...flow, rate: sizing.rate })),
		objective: objectiveOf(unwound.edges, sizing, entries.flows.length),
		seed: 1
	};
	guessLoad(topology, entrance, guesses);
	notes.sort((one, other) => one.line - other.line || one.column - other.column);
	return { ok: true, imported: { format, topology, guesses, notes } };
}

const titles: Record<ImportFormat, string> = {
	compose: 'a Compose file',
	kubernetes: 'Kubernetes manifests',
	fournines: 'a topology'
};

const client: Service & ServiceText = {
	id: 'client',
	name: 'Client',
	role: 'Those who send requests.',
	layer: 'edge',
	kind: 'client',
	replicas: 1,
	workers: 0,
	serviceTime: { meanMs: 0, variation: 0 }
};

function refuse(message: string, notes: ImportNote[] = []): ImportResult {
	return { ok: false, problems: [{ line: 1, column: 1, message }, ...notes] };
}

function knownOf(drafts: DraftService[], notes: ImportNote[]): Map<string, Known> {
	const identifiers = new Identifiers();
	const known = new Map<string, Known>();
	for (const draft of drafts) {
		const id = identifiers.take(draft.clues.name);
		if (id !== draft.clues.name) {
			const name = draft.clues.name.slice(0, 80);
			notes.push({ ...draft.place, message: `${name} is called ${id} here` });
		}
		const identity = identify(draft.clues);
		known.set(draft.key, {
			id,
			draft,
			identity: draft.external
				? { ...identity, kind: 'external', layer: 'edge', because: 'it is outside the cluster' }
				: identity
		});
	}
	return known;
}

function sizedOf(known: Known): Sized {
	return { known, capacity: capacityOf(known.identity.kind, known.draft.cpus) };
}

function serviceOf(
	{ known: { id, draft, identity }, capacity }: Sized,
	topic: string,
	sizing: Sizing,
	guesses: Guess[]
): Service & ServiceText {
	const { kind, layer, technology } = identity;
	const { serviceTime, queueLimit } = capacity;
	const guess = (field: string, value: string, because: string) =>
		guesses.push({ path: `services.${id}.${field}`, value, because, line: draft.place.line });
	const raised = sizing.workers.get(id);
	const workers = raised ?? capacity.workers;
	guess('kind', technology === undefined ? kind : `${kind}, ${technology}`, identity.because);
	if (workers > 0)
		guess(
			'workers',
			`${workers} a replica`,
			raised === undefined ? capacity.because : 'fewer would be busy with the load that is assumed'
		);
	guess('serviceTime', `${serviceTime.meanMs} ms`, `usual for ${article(kind)}`);
	if (workers > 0) guess('queueLimit', `${queueLimit} requests`, `usual for ${article(kind)}`);
	const service: Service & ServiceText = {
		id,
		name: draft.clues.name.trim().slice(0, 80) || id,
		role: draft.role,
		...(technology === undefined ? {} : { technology }),
		layer,
		kind,
		replicas: draft.replicas ?? 1,
		workers,
		serviceTime: { ...serviceTime },
		...(workers > 0 ? { queueLimit } : {}),
		...(draft.autoscaling ? { autoscaling: draft.autoscaling } : {})
	};
	if (kind === 'cache') {
		guess('cache', `${usualCache.capacity} of ${usualCache.keys} keys, 300 s`, 'usual for a cache');
		service.cache = { ...usualCache };
	}
	if (kind === 'broker') {
		const partitions = Math.max(usualTopic.partitions, sizing.partitions.get(id) ?? 0);
		guess('topics', `${topic} with ${partitions} partitions`, 'messages need a topic');
		service.topics = { [topic]: { partitions } };
	}
	return service;
}

function callOf(
	edge: Edge,
	to: Service['kind'] | undefined,
	caller: Station | undefined,
	{ arrivals, responseMs }: Sizing,
	guesses: Guess[]
): Call {
	const id = `${edge.from}>${edge.to}`;
	const call: Call = { id, from: edge.from, to: edge.to, mode: edge.mode };
	const says: string[] = [edge.mode === 'sync' ? 'waits for the answer' : 'does not wait'];
	if (edge.flow !== undefined) call.flows = [edge.flow];
	if (edge.share !== undefined) call.share = edge.share;
	if (edge.onMiss) call.onMiss = true;
	if (edge.topic !== undefined) call.topic = edge.topic;
	if (edge.group !== undefined) call.group = edge.group;
	const response = responseMs.get(edge.to) ?? 0;
	if (edge.mode === 'sync') {
		call.timeoutMs = Math.min(3_600_000, Math.max(1000, Math.ceil((response * 10) / 500) * 500));
		says.push(`at most ${call.timeoutMs} ms`);
		if (caller && (to === 'store' || to === 'cache')) {
			const atOnce = ((arrivals.get(edge.from) ?? 0) * response) / 1000 / caller.replicas;
			const pool = Math.max(10, caller.workers, Math.ceil(atOnce / 0.4));
			call.pool = { size: Math.min(1000, pool), waitMs: 1000 };
			says.push(`${call.pool.size} connections`);
		}
	}
	if (edge.share !== undefined) says.push(`for ${edge.share * 100} % of requests`);
	if (edge.topic !== undefined) says.push(`topic ${edge.topic}`);
	guesses.push({
		path: `calls.${id}`,
		value: says.join(', '),
		because: edge.because,
		line: edge.place.line
	});
	return call;
}

function objectiveOf(edges: Edge[], { rate, responseMs }: Sizing, flows: number) {
	const slowest = edges
		.filter(({ from }) => from === 'client')
		.reduce((most, { to }) => Math.max(most, responseMs.get(to) ?? 0), 0);
	return {
		latencyMs: Math.max(200, Math.ceil((slowest * 4) / 50) * 50),
		errorRatio: 0.01,
		throughput: Number((rate * flows * 0.8).toPrecision(2))
	};
}

function guessLoad(topology: SiteTopology, { entries }: Entrance, guesses: Guess[]): void {
	const line = entries[0]?.known.draft.place.line ?? 1;
	for (const { id, rate } of topology.flows)
		guesses.push({
			path: `flows.${id}.rate`,
			value: `${rate} requests per second`,
			because:
				rate === 50
					? 'no file says how many come; this is far below what the services can do'
					: 'no file says how many come; more would keep a service too busy',
			line: entries.find(({ known }) => known.id === id)?.known.draft.place.line ?? line
		});
	const { latencyMs, errorRatio, throughput } = topology.objective;
	guesses.push({
		path: 'objective',
		value: `p95 of ${latencyMs} ms, ${errorRatio * 100} % errors, ${throughput} answers per second`,
		because: 'four times the time of a request without waiting, and four fifths of the load',
		line
	});
}
