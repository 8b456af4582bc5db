import type { LogEntry, Site, SiteTopology } from '$lib/content';
import type { Report } from '$lib/simulation';

export function entry(year: number, change: Partial<LogEntry> = {}): LogEntry {
	return {
		slug: `entry-${year}`,
		year,
		title: `Entry of ${year}`,
		kind: 'delivery',
		message: `What happened in ${year}.`,
		facts: [],
		skills: [],
		related: [],
		...change
	};
}

export function report(change: Partial<Report> = {}): Report {
	return {
		time: 60,
		offered: 468,
		completed: 466,
		errors: {
			timeout: 0,
			rejected: 0,
			'breaker-open': 0,
			'pool-exhausted': 0,
			failed: 0,
			dependency: 0
		},
		inFlight: 30,
		throughput: 466,
		errorRatio: 0.003,
		meanMs: 69,
		p50Ms: 60,
		p95Ms: 206,
		p99Ms: 300,
		flows: {},
		services: {},
		calls: {},
		...change
	};
}

const service = (id: string, layer: 'core' | 'edge') => ({
	id,
	name: id,
	role: '',
	layer,
	kind: 'service' as const,
	replicas: 1,
	workers: 1,
	serviceTime: { meanMs: 1, variation: 1 }
});

export const topology: SiteTopology = {
	title: 'The system',
	summary: '',
	services: [service('gateway', 'edge'), service('api', 'core')],
	calls: [{ id: 'gateway>api', from: 'gateway', to: 'api', mode: 'sync' }],
	flows: [{ id: 'read', title: 'Read', summary: '', entry: 'gateway', rate: 468 }],
	objective: { latencyMs: 400, errorRatio: 0.01, throughput: 440 },
	seed: 9999
};

export const profile: Site['profile'] = {
	name: 'Ada Example',
	handle: 'ada',
	role: 'Backend Engineer',
	summary: 'Keeps things running.',
	experience: '4+ years',
	focus: ['queues', 'caches'],
	figures: [
		{
			value: '80+',
			label: 'APIs',
			receipt: { what: 'Endpoints in production', source: 'Own account' },
			evidence: [{ kind: 'log', slug: 'entry-2024', title: 'Entry of 2024' }]
		}
	],
	claims: [],
	stack: [],
	links: [],
	contact: { email: 'ada@example.com' },
	origin: 'https://example.com',
	language: 'en'
};

export const emptySite: Site = {
	profile,
	topology,
	log: [],
	incidents: [],
	decisions: [],
	principles: [],
	modules: [],
	scenarios: [],
	figures: []
};
