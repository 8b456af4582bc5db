import { expect, test } from 'vitest';
import { checkTopology } from '$lib/simulation';
import { importTopology } from '../../../src/lib/topology/import/detect';
import type { Imported } from '../../../src/lib/topology/import/imported';

function imported(text: string): Imported {
	const result = importTopology(text);
	if (!result.ok) throw new Error(JSON.stringify(result.problems));
	const { topology } = result.imported;
	expect(checkTopology(topology, topology)).toEqual([]);
	return result.imported;
}

interface Extras {
	kind?: string;
	namespace?: string;
	container?: object;
	spec?: object;
}

function workload(name: string, image: string, extras: Extras = {}) {
	const { kind = 'Deployment', namespace = 'default', container = {}, spec = {} } = extras;
	return {
		...{ apiVersion: 'apps/v1', kind, metadata: { name, namespace } },
		spec: {
			...spec,
			template: {
				metadata: { labels: { app: name } },
				spec: { containers: [{ name, image, ...container }] }
			}
		}
	};
}

function service(name: string, app = name, spec: object = {}, namespace = 'default') {
	return {
		...{ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace } },
		spec: { selector: { app }, ...spec }
	};
}

const env = (name: string, value: string) => ({ container: { env: [{ name, value }] } });
const text = (...objects: object[]) => objects.map((each) => JSON.stringify(each)).join('\n---\n');
const callsOf = (source: string) => imported(source).topology.calls.map(({ id }) => id);

test('a host in an environment leads through the Service to its workload', () => {
	expect(
		callsOf(
			text(
				workload('web', 'a', env('CATALOGUE', 'http://products.default.svc.cluster.local:80/x')),
				workload('catalogue', 'b', env('REDIS_ADDR', 'redis-cart:6379')),
				workload('cart', 'redis', { kind: 'StatefulSet' }),
				service('products', 'catalogue'),
				service('redis-cart', 'cart')
			)
		)
	).toEqual(['client>web', 'web>catalogue', 'catalogue>cart']);
});

test('names are looked up in their own namespace', () => {
	const source = text(
		workload('web', 'a', { namespace: 'one', ...env('DB_HOST', 'db') }),
		workload('api', 'a', { namespace: 'two', ...env('DB_HOST', 'db.one') }),
		workload('db', 'postgres', { namespace: 'one' }),
		workload('db', 'mysql', { namespace: 'two' }),
		service('db', 'db', {}, 'one')
	);
	expect(callsOf(source)).toEqual(['client>web', 'client>api', 'web>db', 'api>db']);
	expect(imported(source).topology.services.map(({ id }) => id)).toContain('db-2');
});

test('values come from ConfigMaps and arguments, too', () => {
	const config = {
		kind: 'ConfigMap',
		apiVersion: 'v1',
		metadata: { name: 'c' },
		data: { DB_HOST: 'db' }
	};
	const container = (extra: object) => ({ container: extra });
	expect(
		callsOf(
			text(
				config,
				workload('all', 'a', container({ envFrom: [{ configMapRef: { name: 'c' } }] })),
				workload(
					'one',
					'a',
					container({
						env: [{ name: 'HOST', valueFrom: { configMapKeyRef: { name: 'c', key: 'DB_HOST' } } }]
					})
				),
				workload('args', 'a', container({ args: ['--db-host=db'] })),
				workload('db', 'postgres'),
				service('db')
			)
		)
	).toEqual(['client>all', 'client>one', 'client>args', 'all>db', 'one>db', 'args>db']);
});

test.each([
	['a Service of type LoadBalancer', service('web', 'web', { type: 'LoadBalancer' })],
	[
		'an Ingress',
		{
			...{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'i' } },
			spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'web' } } }] } }] }
		}
	],
	[
		'an HTTPRoute',
		{
			...{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'r' } },
			spec: { rules: [{ backendRefs: [{ name: 'web' }] }] }
		}
	]
])('%s lets traffic in', (_, route) => {
	const services = route.kind === 'Service' ? [route] : [service('web'), route];
	const { flows } = imported(
		text(workload('other', 'a'), workload('web', 'b'), ...services)
	).topology;
	expect(flows.map(({ id }) => id)).toEqual(['web']);
});

test('an autoscaler is taken in, of both versions', () => {
	const scaler = (name: string, spec: object) => ({
		...{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name } },
		spec: { scaleTargetRef: { kind: 'Deployment', name }, maxReplicas: 9, ...spec }
	});
	const { services } = imported(
		text(
			workload('a', 'x', { spec: { replicas: 3 } }),
			workload('b', 'x'),
			scaler('a', {
				minReplicas: 2,
				metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 60 } } }]
			}),
			scaler('b', { targetCPUUtilizationPercentage: 50 })
		)
	).topology;
	const usual = { metric: 'utilisation', maximum: 9, everySeconds: 15, scaleInAfterSeconds: 300 };
	expect(services[1]).toMatchObject({
		replicas: 3,
		autoscaling: { ...usual, target: 0.6, minimum: 2 }
	});
	expect(services[2]?.autoscaling).toEqual({ ...usual, target: 0.5, minimum: 1 });
});

test('lists are opened, CPUs counted, jobs left out, other kinds counted once', () => {
	const limits = { container: { resources: { limits: { cpu: '500m' } } } };
	const items = [
		workload('web', 'a', { kind: 'Rollout', ...limits }),
		workload('once', 'a', { kind: 'Job' }),
		...['x', 'y'].map((name) => ({ kind: 'Secret', metadata: { name } }))
	];
	const { topology, notes } = imported(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
	expect(topology.services[1]).toMatchObject({ id: 'web', workers: 8 });
	expect(topology.services).toHaveLength(2);
	expect(notes.map(({ message }) => message).sort()).toEqual([
		'2 of kind Secret: not used',
		'once is a Job, which does not keep running: left out'
	]);
});

test('of two objects of the same name the later counts', () => {
	const { topology, notes } = imported(text(workload('a', 'redis'), workload('a', 'postgres')));
	expect(topology.services[1]?.technology).toBe('PostgreSQL');
	expect(notes[0]).toMatchObject({
		line: 3,
		message: 'Deployment a is there twice: the later one counts'
	});
});

test('an ExternalName is an external party, a Service without workload a note', () => {
	const external = { type: 'ExternalName', externalName: 'pay.example.com', selector: undefined };
	const { topology, notes } = imported(
		text(
			workload('web', 'a', env('PAY_URL', 'https://pay')),
			service('pay', '', external),
			service('no')
		)
	);
	expect(topology.services[2]).toMatchObject({ id: 'pay', kind: 'external', workers: 0 });
	expect(topology.calls.map(({ id }) => id)).toEqual(['client>web', 'web>pay']);
	expect(notes.map(({ message }) => message)).toEqual([
		'Service no selects no workload of this text'
	]);
});
