import type { CacheModel, Layer, ServiceKind, ServiceTime, Topic } from '$lib/simulation';
import { technologyNamed, technologyOf } from './technologies';

/** What is known of a service from the text alone. */
export interface Clues {
	name: string;
	image?: string;
	/** Command and arguments as one text. */
	command?: string;
	/** Ports that it listens on. */
	ports?: number[];
	/** Reached from outside. */
	published?: boolean;
}

export interface Identity {
	kind: ServiceKind;
	layer: Layer;
	technology?: string;
	/** Watches, collects or administers: no request of a user passes through it. */
	tool: boolean;
	/** A clause: `the image is redis`. */
	because: string;
}

/** How a service of a kind works when nobody says otherwise. */
export interface Capacity {
	workers: number;
	serviceTime: ServiceTime;
	queueLimit: number;
	/** Requests worked on at once for each CPU. */
	workersPerCpu: number;
}

const workerWords = new Set([
	...['worker', 'workers', 'consumer', 'consumers', 'subscriber', 'celery', 'sidekiq', 'resque'],
	...['scheduler', 'cron', 'beat', 'celerybeat', 'job', 'jobs', 'runner']
]);
const gatewayWords = new Set([
	...['gateway', 'proxy', 'ingress', 'router', 'loadbalancer', 'lb', 'nginx', 'traefik', 'bff']
]);
const storeWords = new Set(['db', 'database', 'store', 'storage', 'mysql', 'postgres', 'sql']);
const loadMakers = /load-?(gen|generator|test|tester)|user-sim/i;
const storePorts = new Map([
	[5432, 'PostgreSQL'],
	[3306, 'MySQL'],
	[1433, 'SQL Server'],
	[27017, 'MongoDB'],
	[9042, 'Cassandra']
]);

/** What a service is. An image that is known outweighs a name, a name outweighs ports. */
export function identify(clues: Clues): Identity {
	const words = wordsOf(clues.name);
	const known = clues.image === undefined ? undefined : technologyOf(clues.image);
	const worker =
		words.find((word) => workerWords.has(word)) ??
		wordsOf((clues.command ?? '').slice(0, 500)).find((word) => workerWords.has(word));
	const image = shortImage(clues.image);
	if (known && (known.kind !== 'service' || known.tool))
		return identity(known.kind, clues, known.tool, `the image is ${image}`, known.name);
	if (worker !== undefined) {
		const where = words.includes(worker) ? 'name' : 'command';
		return identity('worker', clues, false, `its ${where} says ${worker}`, known?.name);
	}
	if (loadMakers.test(clues.name))
		return identity('service', clues, true, 'its name says that it makes load');
	if (known) return identity('service', clues, known.tool, `the image is ${image}`, known.name);
	const named = technologyNamed(clues.name);
	// A build of one's own that is called redis is one; `python-api` is no Python interpreter.
	if (named && (named.kind !== 'service' || named.tool))
		return identity(named.kind, clues, named.tool, `its name says ${named.name}`, named.name);
	const last = words.at(-1) ?? '';
	if (storeWords.has(last)) return identity('store', clues, false, `its name ends in ${last}`);
	const gateway = words.find((word) => gatewayWords.has(word));
	if (gateway !== undefined) return identity('gateway', clues, false, `its name says ${gateway}`);
	for (const port of clues.published ? [] : (clues.ports ?? [])) {
		const store = storePorts.get(port);
		if (store !== undefined)
			return identity('store', clues, false, `it listens on port ${port}`, store);
	}
	const because =
		clues.image === undefined ? 'nothing says otherwise' : `${image} is no image known here`;
	return identity('service', clues, false, because);
}

function identity(
	kind: ServiceKind,
	clues: Clues,
	tool: boolean,
	because: string,
	technology?: string
): Identity {
	return {
		kind,
		layer: tool ? 'infra' : layerOf(kind, clues.published ?? false),
		tool,
		because,
		...(technology === undefined ? {} : { technology })
	};
}

function layerOf(kind: ServiceKind, published: boolean): Layer {
	if (kind === 'client' || kind === 'gateway' || kind === 'external') return 'edge';
	if (kind === 'broker' || kind === 'worker') return 'async';
	if (kind === 'cache' || kind === 'store') return 'infra';
	return published ? 'edge' : 'core';
}

function wordsOf(text: string): string[] {
	return text
		.toLowerCase()
		.split(/[^a-z]+/)
		.filter((word) => word !== '');
}

/** Without registry, tag and digest. */
function shortImage(image = ''): string {
	const last = (image.split('@')[0] ?? '').split('/').at(-1) ?? '';
	return (last.split(':')[0] ?? '').slice(0, 60) || 'unnamed';
}

const exponential = (meanMs: number): ServiceTime => ({ meanMs, variation: 1 });

const capacities: Record<ServiceKind, Capacity> = {
	client: { workers: 0, serviceTime: { meanMs: 0, variation: 0 }, queueLimit: 0, workersPerCpu: 0 },
	gateway: { workers: 256, serviceTime: exponential(2), queueLimit: 1000, workersPerCpu: 256 },
	service: { workers: 16, serviceTime: exponential(20), queueLimit: 200, workersPerCpu: 16 },
	cache: { workers: 4, serviceTime: exponential(1), queueLimit: 10_000, workersPerCpu: 4 },
	store: { workers: 16, serviceTime: exponential(5), queueLimit: 500, workersPerCpu: 8 },
	broker: { workers: 8, serviceTime: exponential(2), queueLimit: 10_000, workersPerCpu: 8 },
	worker: { workers: 4, serviceTime: exponential(50), queueLimit: 1000, workersPerCpu: 4 },
	external: {
		workers: 0,
		serviceTime: { meanMs: 100, variation: 1.5 },
		queueLimit: 0,
		workersPerCpu: 0
	}
};

/** Workers by the CPUs that a replica may use, where the text says so. */
export function capacityOf(kind: ServiceKind, cpus?: number): Capacity & { because: string } {
	const usual = capacities[kind];
	if (cpus === undefined || usual.workers === 0)
		return { ...usual, because: `usual for ${article(kind)}` };
	const workers = Math.min(1024, Math.max(1, Math.round(cpus * usual.workersPerCpu)));
	return { ...usual, workers, because: `${usual.workersPerCpu} for each of ${cpus} CPUs` };
}

export function article(kind: ServiceKind): string {
	return `${kind === 'external' ? 'an' : 'a'} ${kind === 'external' ? 'external party' : kind}`;
}

/** A cache that most lookups hit: popular keys, warm, a single loader for each. */
export const usualCache: CacheModel = {
	keys: 10_000,
	skew: 1,
	capacity: 5000,
	ttlSeconds: 300,
	coalesce: true,
	warm: 0.8
};

export const usualTopic: Topic = { partitions: 8 };
