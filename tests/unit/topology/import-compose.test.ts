import { describe, expect, test } from 'vitest';
import { checkTopology } from '$lib/simulation';
import { importTopology } from '../../../src/lib/topology/import/detect';
import { interpolate } from '../../../src/lib/topology/import/interpolate';
import type { Imported } from '../../../src/lib/topology/import/imported';

function imported(text: string): Imported {
	const result = importTopology(text);
	if (!result.ok) throw new Error(JSON.stringify(result.problems));
	const { topology } = result.imported;
	expect(checkTopology(topology, topology)).toEqual([]);
	return result.imported;
}

const callsOf = (text: string) => imported(text).topology.calls.map(({ id }) => id);
const service = (text: string, id: string) =>
	imported(text).topology.services.find((each) => each.id === id);
const notesOf = (text: string) =>
	imported(text).notes.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('calls', () => {
	test('depends_on, in both forms, and links are calls', () => {
		const list =
			'services: {web: {image: a, depends_on: [api]}, api: {image: b, links: ["db:d"]}, db: {image: postgres}}';
		expect(callsOf(list)).toEqual(['client>web', 'web>api', 'api>db']);
		const map =
			'services: {web: {image: a, depends_on: {api: {condition: service_healthy}}}, api: {image: b}}';
		expect(callsOf(map)).toEqual(['client>web', 'web>api']);
	});

	test.each([
		['URL: postgres://user:p@db:5432/x', true],
		['DSN: user:secret@tcp(db:3306)/x', true],
		['PGHOST: db', false],
		['DB_HOST: db', true],
		['dbHost: db', true],
		['NODES: other:1,db:9042', true],
		['NAME: db', false],
		['URL: postgres://db:db@elsewhere/db', false],
		['PATH_TO: /var/lib/db', false],
		['URL: http://db.example.com/', false]
	])('an environment with %s names the host: %s', (setting, named) => {
		const text = `services:\n  web:\n    image: a\n    environment:\n      ${setting}\n  db: {image: postgres}\n`;
		expect(callsOf(text).includes('web>db')).toBe(named);
	});

	test('the list form of environment, defaults of variables and flags of commands name hosts', () => {
		const text = `services:
  web:
    image: a
    environment: ['CACHE_URL=redis://\${CACHE:-redis}:6379']
    command: serve --db-host db --search=http://search:9200
  redis: {image: 'redis:7'}
  db: {image: mysql}
  search: {image: elasticsearch}
`;
		expect(callsOf(text)).toEqual(['client>web', 'web>redis', 'web>db', 'web>search']);
		expect(imported(text).guesses).toContainEqual(
			expect.objectContaining({ path: 'calls.web>redis', because: 'CACHE_URL names it', line: 4 })
		);
	});

	test('stores get a pool, synchronous calls a timeout', () => {
		const { topology } = imported(
			'services: {web: {image: a, depends_on: [db]}, db: {image: postgres}}'
		);
		expect(topology.calls[1]).toMatchObject({ pool: { size: 16, waitMs: 1000 }, timeoutMs: 1000 });
	});

	test('services publish to a broker, and workers take from it', () => {
		const { topology } = imported(`services:
  web: {image: a, environment: {KAFKA_BROKERS: 'kafka:9092', KAFKA_TOPIC: orders}}
  worker: {image: a, command: run worker, depends_on: [kafka, db]}
  kafka: {image: 'confluentinc/cp-kafka:7'}
  db: {image: postgres}
`);
		expect(topology.calls).toContainEqual({
			...{ id: 'web>kafka', from: 'web', to: 'kafka', mode: 'async', topic: 'orders' }
		});
		expect(topology.calls).toContainEqual({
			...{ id: 'kafka>worker', from: 'kafka', to: 'worker', mode: 'async' },
			...{ topic: 'orders', group: 'worker' }
		});
	});

	test('without a worker, those that nobody calls take the messages', () => {
		const text =
			'services: {web: {image: a, ports: ["80:80"], depends_on: [nats]}, mail: {image: b, depends_on: [nats]}, nats: {image: nats}}';
		expect(callsOf(text)).toEqual(['client>web', 'web>nats', 'nats>mail']);
	});

	test('a Redis that a worker takes its jobs from is a broker', () => {
		const text = `services:
  web: {image: a, environment: {CELERY_BROKER_URL: 'redis://redis'}}
  worker: {image: a, command: celery worker, environment: {CELERY_BROKER_URL: 'redis://redis'}}
  redis: {image: redis}
`;
		expect(service(text, 'redis')?.kind).toBe('broker');
		expect(callsOf(text)).toEqual(['client>web', 'web>redis', 'redis>worker']);
	});

	test('a circle is broken at its later call, and noted', () => {
		const text = 'services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x, links: [a]}\n';
		const { topology, notes } = imported(text);
		expect(topology.calls.find(({ id }) => id === 'b>a')).toMatchObject({
			mode: 'async',
			share: 0.1
		});
		expect(notes[0]).toMatchObject({
			line: 3,
			message: expect.stringContaining('closes a circle') as string
		});
	});
});

describe('services', () => {
	test('an image tells kind and technology, whatever its registry, tag and digest', () => {
		const text = (image: string) => `services: {a: {image: '${image}'}}`;
		expect(service(text('ghcr.io:443/x/postgres:16@sha256:00'), 'a')).toMatchObject({
			...{ kind: 'store', technology: 'PostgreSQL', layer: 'infra', workers: 16 }
		});
		expect(service(text('bitnami/rabbitmq'), 'a')).toMatchObject({
			kind: 'broker',
			layer: 'async'
		});
		expect(service(text('memcached:1'), 'a')).toMatchObject({
			kind: 'cache',
			serviceTime: { meanMs: 1 }
		});
		expect(service(text('nginx:alpine'), 'a')).toMatchObject({ kind: 'gateway', layer: 'edge' });
		expect(service(text('me/app'), 'a')).toMatchObject({ kind: 'service', workers: 16 });
		expect(service('services: {mail-worker: {build: .}}', 'mail-worker')?.kind).toBe('worker');
	});

	test('replicas, scale and CPUs are taken in', () => {
		const text = `services:
  a: {image: x, deploy: {replicas: 3, resources: {limits: {cpus: '0.5'}}}}
  b: {image: x, scale: 2}
`;
		expect(service(text, 'a')).toMatchObject({ replicas: 3, workers: 8 });
		expect(service(text, 'b')).toMatchObject({ replicas: 2, workers: 16 });
	});

	test('one-off services and holders of volumes are left out with a note', () => {
		const text = `services:
  web: {image: a, depends_on: {prepare: {condition: service_completed_successfully}}}
  prepare: {image: a}
  db-migrate: {image: a}
  data: {image: busybox, volumes: ['x:/x']}
`;
		expect(imported(text).topology.services.map(({ id }) => id)).toEqual(['client', 'web']);
		expect(notesOf(text)).toEqual([
			'3:3 prepare does not keep running (others wait for its end): left out',
			'4:3 db-migrate does not keep running (its name or command says migrate): left out',
			'5:3 data does not keep running (it only holds volumes): left out'
		]);
	});

	test('extends takes over settings of the same file, but not what is started first', () => {
		const text = `services:
  base: {image: postgres, environment: {A: '1'}, depends_on: [other]}
  db: {extends: base, environment: [API_URL=http://other]}
  far: {image: a, extends: {service: x, file: y.yml}}
  other: {image: b}
`;
		expect(service(text, 'db')?.technology).toBe('PostgreSQL');
		expect(callsOf(text)).toContain('db>other');
		expect(notesOf(text)).toContain(
			'4:19 far extends x of y.yml, which is not in this text: only what stands here is read'
		);
	});

	test('profiles are noted, anchors followed, tags of Compose accepted', () => {
		const text = `x-common: &common
  image: postgres
services:
  a: {<<: *common, profiles: [debug]}
  b: {image: c, ports: !override ['1:1'], depends_on: !reset [a]}
`;
		expect(service(text, 'a')?.technology).toBe('PostgreSQL');
		expect(notesOf(text)).toEqual(['4:3 a runs only with profile debug: taken in']);
		expect(callsOf(text)).toEqual(['client>b']);
	});

	test('names become identifiers of their own, and a service called client keeps out of the way', () => {
		const text =
			'services: {My.App: {image: a}, my-app: {image: a}, client: {image: a}, __proto__: {image: a}}';
		expect(imported(text).topology.services.map(({ id }) => id)).toEqual([
			...['client', 'my-app', 'my-app-2', 'client-2', 'proto']
		]);
		expect(notesOf(text)[0]).toBe('1:12 My.App is called my-app here');
	});
});

describe('load', () => {
	test('traffic comes in at published ports, but not at stores and tools', () => {
		const text = `services:
  web: {image: a, ports: ['80:80']}
  api: {image: a, ports: [{target: 80, published: 8080}]}
  inner: {image: a, ports: ['80']}
  db: {image: postgres, ports: ['5432:5432']}
  grafana: {image: grafana/grafana, ports: ['3000:3000']}
`;
		const { topology } = imported(text);
		expect(topology.flows).toMatchObject([
			{ id: 'web', entry: 'client', rate: 50 },
			{ id: 'api', entry: 'client', rate: 50 }
		]);
		expect(topology.calls).toMatchObject([
			{ id: 'client>web', flows: ['web'] },
			{ id: 'client>api', flows: ['api'] }
		]);
	});

	test('a load that a store cannot carry is lowered, and said to be', () => {
		const text = `services:
  web: {image: a, depends_on: [db]}
  db: {image: postgres, cpus: 0.1}
`;
		const { topology, guesses } = imported(text);
		expect(topology.services.find(({ id }) => id === 'db')?.workers).toBeLessThanOrEqual(4);
		expect(guesses.map(({ path }) => path)).toContain('flows.web.rate');
		expect(guesses.every(({ line }) => line >= 1)).toBe(true);
	});
});

test.each([
	['${A:-b}', 'b'],
	['${A-b}c', 'bc'],
	['${A:-${B:-c}}', 'c'],
	['${A}', '${A}'],
	['${A:?must be set}', '${A}'],
	['$$A $B', '$A $B'],
	['${A', '${A']
])('%s is read as %s', (text, value) => {
	expect(interpolate(text)).toBe(value);
});
