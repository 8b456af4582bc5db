import type { SiteTopology } from '$lib/content';
import { layers, type Call } from '$lib/simulation';

/** A small shop as its Compose file would have it. */
export const composeSample = `# A small shop
services:
  web:
    image: nginx:1.27
    ports: ['80:80']
    depends_on: [shop, catalogue]
  shop:
    build: ./shop
    deploy: { replicas: 3 }
    environment:
      DATABASE_URL: postgres://orders-db:5432/orders
      REDIS_URL: redis://sessions:6379
      KAFKA_BROKERS: events:9092
      PAYMENTS_URL: http://payments:8080
  catalogue:
    build: ./catalogue
    environment:
      DATABASE_URL: postgres://catalogue-db:5432/catalogue
      CACHE_HOST: catalogue-cache
  payments:
    build: ./payments
    environment: { DATABASE_HOST: orders-db }
  mail-worker:
    build: ./mail
    command: ['node', 'consume.js']
    environment: { KAFKA_BROKERS: 'events:9092' }
  orders-db: { image: 'postgres:16' }
  catalogue-db: { image: 'postgres:16' }
  catalogue-cache: { image: 'memcached:1.6' }
  sessions: { image: 'redis:7' }
  events: { image: 'bitnami/kafka:3.7' }
`;

/**
 * A system of any size, the same for the same size: callers come before those they call, so nothing goes round in a
 * circle, and each request visits a handful.
 */
export function largeSample(size: number): SiteTopology {
	let state = size;
	const next = (below: number) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
	const domains = ['orders', 'search', 'users', 'billing', 'stock', 'mail', 'media', 'risk'];
	const services = Array.from({ length: size }, (_, index): SiteTopology['services'][number] => {
		const place = index / size;
		const layer = place < 0.1 ? 'edge' : place < 0.45 ? 'core' : place < 0.7 ? 'async' : 'infra';
		const name = `${domains[index % domains.length]}-${index}`;
		return {
			id: index === 0 ? 'client' : name,
			name: index === 0 ? 'Client' : name,
			role: index === 0 ? 'Whoever asks.' : `One of ${size} made-up services.`,
			layer: layers.find((each) => each === layer) ?? 'core',
			kind: index === 0 ? 'client' : layer === 'infra' ? 'store' : 'service',
			replicas: index === 0 ? 1 : 2,
			workers: index === 0 ? 0 : 8,
			serviceTime: { meanMs: index === 0 ? 0 : 2 + next(20), variation: 1 }
		};
	});
	const calls = new Map<string, Call>();
	const idOf = (index: number) => services[index]?.id ?? 'client';
	const join = (from: number, to: number, share: number) => {
		const id = `${idOf(from)}>${idOf(to)}`;
		const mode = next(4) === 0 && from > 0 ? 'async' : 'sync';
		if (from < to) calls.set(id, { id, from: idOf(from), to: idOf(to), mode, share });
	};
	for (let index = 1; index < size; index++) join(next(Math.ceil(index / 2)), index, 0.25);
	for (let extra = 0; extra < size * 1.5; extra++) {
		const from = next(size - 1);
		join(from, from + 1 + next(size - from - 1), 0.1);
	}
	return {
		title: `${size} made-up services`,
		summary: 'Made up to show the map at this size.',
		seed: 1,
		objective: { latencyMs: 1000, errorRatio: 0.01, throughput: 20 },
		services,
		calls: [...calls.values()],
		flows: [
			{
				id: 'visit',
				title: 'Visit',
				summary: 'A walk through the system.',
				entry: 'client',
				rate: 40
			}
		]
	};
}
