import type { Edge } from './edges';
import type { Unwound } from './unwind';
import { callsBy } from './unwind';

/** What a service can do before the load is looked at. */
export interface Station {
	/** 0: without limit. */
	workers: number;
	replicas: number;
	meanMs: number;
}

export interface Sizing {
	/** Requests per second of each flow. */
	rate: number;
	/** Workers of those services that need more than they had. */
	workers: Map<string, number>;
	/** Visits per second, all flows together. */
	arrivals: Map<string, number>;
	/** Of a request at a service with all that it waits for, in milliseconds. */
	responseMs: Map<string, number>;
	/** Partitions that keep consumers from being the narrow place, by broker. */
	partitions: Map<string, number>;
}

const usualRate = 50;
/** Of all workers, held by requests and by the calls that they wait for; chance takes it higher at times. */
const wantedUtilisation = 0.4;
/** Workers are raised up to this multiple before the rate is lowered. */
const maximumRaise = 4;
const maximumWorkers = 1024;
const maximumVisitsPerSecond = 5000;
const maximumPartitions = 512;
/** What comes back along circles comes back again, ever less. */
const maximumRounds = 40;

/**
 * Finds a load that the topology can carry. Where a request would visit a service very often, the calls to it get a
 * `share`.
 */
export function size(
	{ edges, order, returning }: Unwound,
	stations: Map<string, Station>,
	flows: string[]
): Sizing {
	const forward = edges.filter((edge) => !returning.has(edge));
	const incoming = callsBy(forward, 'to');
	const back = callsBy(returning, 'to');
	const visits = visitsOf(order, incoming, back, flows, Math.max(1, 500 / order.length));
	const responseMs = responsesOf(order, callsBy(forward, 'from'), stations);
	let total = 0;
	let factor = 1;
	const busy = new Map<string, number>();
	for (const [id, station] of stations) {
		const each = visits.get(id) ?? 0;
		total += each * usualRate;
		const held = (each * usualRate * (responseMs.get(id) ?? 0)) / 1000 / wantedUtilisation;
		busy.set(id, held);
		const most = Math.min(maximumWorkers, station.workers * maximumRaise) * station.replicas;
		if (station.workers > 0 && held > most) factor = Math.min(factor, most / held);
		if (held > maximumPartitions && incoming.get(id)?.some(({ group }) => group !== undefined))
			factor = Math.min(factor, maximumPartitions / held);
	}
	if (total > maximumVisitsPerSecond) factor = Math.min(factor, maximumVisitsPerSecond / total);
	const rate = roundDown(usualRate * factor);
	const scale = rate / usualRate;
	const workers = new Map<string, number>();
	const arrivals = new Map<string, number>();
	for (const [id, station] of stations) {
		arrivals.set(id, (visits.get(id) ?? 0) * rate);
		const needed = Math.ceil(((busy.get(id) ?? 0) * scale) / station.replicas);
		if (station.workers > 0 && needed > station.workers) workers.set(id, needed);
	}
	const partitions = new Map<string, number>();
	for (const { from, to, group } of forward)
		if (group !== undefined) {
			const needed = Math.ceil((busy.get(to) ?? 0) * scale);
			partitions.set(from, Math.max(partitions.get(from) ?? 0, needed));
		}
	return { rate, workers, arrivals, responseMs, partitions };
}

/** Visits of each service for one request of each flow; lowers the share of calls where they are more than `most`. */
function visitsOf(
	order: string[],
	incoming: Map<string, Edge[]>,
	back: Map<string, Edge[]>,
	flows: string[],
	most: number
): Map<string, number> {
	const limit = Math.min(10, most);
	const sum = new Map<string, number>();
	for (const flow of flows) {
		let visits = new Map<string, number>();
		for (let round = 0; round < (back.size > 0 ? maximumRounds : 1); round++) {
			const before = visits;
			visits = new Map();
			for (const id of order) {
				const count = id === 'client' ? 1 : visitsAt(id, flow, limit, incoming, visits);
				const returned = (back.get(id) ?? []).reduce(
					(all, { from, share }) => all + (before.get(from) ?? 0) * (share ?? 1),
					0
				);
				if (count + returned > 0) visits.set(id, count + returned);
			}
		}
		for (const [id, count] of visits) sum.set(id, (sum.get(id) ?? 0) + count);
	}
	return sum;
}

function visitsAt(
	id: string,
	flow: string,
	limit: number,
	incoming: Map<string, Edge[]>,
	visits: Map<string, number>
): number {
	/** Of calls whose share is not to be touched: those of the client, and messages taken. */
	let fixed = 0;
	let count = 0;
	const calls: Edge[] = [];
	for (const edge of incoming.get(id) ?? []) {
		const before = visits.get(edge.from) ?? 0;
		if (before === 0 || (edge.flow !== undefined && edge.flow !== flow)) continue;
		const made = before * (edge.share ?? 1);
		if (edge.flow === undefined && edge.group === undefined) {
			count += made;
			calls.push(edge);
		} else fixed += made;
	}
	if (count <= limit) return fixed + count;
	for (const edge of calls)
		edge.share = Math.max(0.001, roundDown(((edge.share ?? 1) * limit) / count));
	return calls.reduce(
		(all, { from, share }) => all + (visits.get(from) ?? 0) * (share ?? 1),
		fixed
	);
}

function responsesOf(
	order: string[],
	outgoing: Map<string, Edge[]>,
	stations: Map<string, Station>
): Map<string, number> {
	const responses = new Map<string, number>();
	for (const id of [...order].reverse()) {
		const station = stations.get(id);
		let response = station?.meanMs ?? 0;
		// A cache that was flushed misses all: the load must fit then, too.
		for (const { to, mode, share } of outgoing.get(id) ?? [])
			if (mode === 'sync') response += (responses.get(to) ?? 0) * (share ?? 1);
		const places = (station?.workers ?? 0) * (station?.replicas ?? 1);
		// Waiting at the wanted utilisation: next to nothing where many work side by side.
		responses.set(id, Math.min(3_600_000, response * (places > 0 ? 1 + 1 / places : 1)));
	}
	return responses;
}

/** To two significant digits, never up. */
function roundDown(value: number): number {
	if (value <= 0) return 0;
	const digit = 10 ** (Math.floor(Math.log10(value)) - 1);
	return Number((Math.floor(value / digit + 1e-9) * digit).toPrecision(2));
}
