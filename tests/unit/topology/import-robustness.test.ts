import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTopology, createSimulation } from '$lib/simulation';
import { importTopology } from '../../../src/lib/topology/import/detect';
import { readDocuments } from '../../../src/lib/topology/import/source';

function messages(text: string): string {
	const result = importTopology(text);
	return result.ok
		? 'ok'
		: result.problems.map((each) => `${each.line}:${each.column} ${each.message}`).join('\n');
}

/** A Compose file of so many services, each of which needs the ones given for it. */
function composeOf(needs: number[][]): string {
	const services = needs.map((list, index) => [
		`s${index}`,
		{ image: `app${index}`, depends_on: list.map((to) => `s${to}`) }
	]);
	return JSON.stringify({ services: Object.fromEntries(services) as unknown });
}

describe('text that is not YAML', () => {
	test('a tab is named with its line', () => {
		expect(messages('services:\n  web:\n\timage: a\n')).toContain(
			'line 3 has a tab where YAML wants spaces'
		);
	});

	test('a key that is there twice is named with both lines', () => {
		expect(messages('services:\n  a: {image: x}\n  b: {image: x}\n  a: {image: y}\n')).toBe(
			'4:3 a is there twice, first in line 2'
		);
	});

	test('a chart that was not rendered is sent to helm template', () => {
		const chart = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n';
		expect(messages(chart)).toMatch(/^4:\d+ line 4 has a template.*helm template/);
		const quoted =
			'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: "{{ .Release.Name }}"\n';
		expect(messages(quoted)).toMatch(/^4:\d+ line 4 has a template/);
		expect(messages('{{- if .Values.on }}\napiVersion: v1\n{{- end }}\n')).toMatch(
			/^1:1 .*template/
		);
	});

	test('binary data is refused', () => {
		expect(messages('services:\u0000\u0001')).toBe(
			'1:10 this is binary data; expected a text file'
		);
	});

	test('text without a known format says what would be read', () => {
		for (const text of ['', 'hello', '- 1\n- 2', '{"a": 1}', '# nothing'])
			expect(messages(text)).toContain('expected a Compose file');
	});

	test('too much text and too many documents are refused with their numbers', () => {
		expect(messages('a'.repeat(1_000_001))).toContain('1000001 characters; at most 1000000');
		expect(messages('---\n'.repeat(6000))).toContain('more than 5000 documents');
	});

	test('a billion laughs end at once', () => {
		const lines = ['a0: &a0 [lol, lol]'];
		for (let level = 1; level < 30; level++)
			lines.push(
				`a${level}: &a${level} [${Array(9)
					.fill(`*a${level - 1}`)
					.join(', ')}]`
			);
		const started = performance.now();
		expect(messages(lines.join('\n'))).toContain('aliases stand for more than');
		expect(performance.now() - started).toBeLessThan(2000);
	});

	test('nesting without end is refused, whatever its form', () => {
		expect(messages('['.repeat(100_000))).not.toBe('ok');
		expect(messages('{"a":'.repeat(50_000))).not.toBe('ok');
		expect(messages('a: &a\n  b: *a\n')).not.toBe('ok');
	});

	test('a place is found through merge keys, at the line where they are used', () => {
		const read = readDocuments('x: &x\n  image: a\nservices:\n  web:\n    <<: *x\n    ports: []\n');
		const source = 'documents' in read ? read.documents[0] : undefined;
		expect(source?.placeOf(['services', 'web', 'image'])).toEqual({ line: 5, column: 5 });
		expect(source?.placeOf(['services', 'web', 'ports'])).toEqual({ line: 6, column: 5 });
		expect(source?.placeOf(['services', 'none'])).toEqual({ line: 3, column: 1 });
	});
});

describe('size', () => {
	test('ten thousand services are answered within two seconds, with the numbers', () => {
		const started = performance.now();
		const text =
			'services:\n' + Array.from({ length: 10_000 }, (_, i) => `  s${i}: {image: a}\n`).join('');
		expect(messages(text)).toBe('1:1 10000 services; at most 2000 are read');
		const manifests = Array.from({ length: 4000 }, (_, i) =>
			JSON.stringify({
				apiVersion: 'apps/v1',
				kind: 'Deployment',
				metadata: { name: `d${i}`, labels: { app: 'x' } },
				spec: { template: { metadata: { labels: { app: 'x' } }, spec: { containers: [] } } }
			})
		).join('\n---\n');
		expect(messages(manifests)).toContain('4000 workloads; at most 2000 are read');
		expect(performance.now() - started).toBeLessThan(4000);
	});

	test('more than ten thousand calls are refused', () => {
		const needs = Array.from({ length: 200 }, (_, i) =>
			Array.from({ length: 200 }, (_, to) => to).filter((to) => to !== i)
		);
		expect(messages(composeOf(needs))).toContain('more than 10000 calls between services');
	});

	test('two thousand services in circles are imported in seconds, and are sound', () => {
		const needs = Array.from({ length: 2000 }, (_, i) => [(i + 1) % 2000, (i * 7 + 3) % 2000]);
		const started = performance.now();
		const result = importTopology(composeOf(needs));
		expect(performance.now() - started).toBeLessThan(4000);
		if (!result.ok) throw new Error(JSON.stringify(result.problems));
		const { topology } = result.imported;
		expect(checkTopology(topology, topology)).toEqual([]);
	});
});

describe('whatever comes', () => {
	const word = fc.constantFrom(
		...['services', 'web', 'db', 'kafka', 'redis', 'worker', 'client', '__proto__', 'constructor'],
		...['image', 'depends_on', 'environment', 'ports', 'command', 'deploy', 'replicas', 'extends'],
		...[
			'apiVersion',
			'kind',
			'Deployment',
			'Service',
			'metadata',
			'name',
			'spec',
			'template',
			'List'
		],
		...[
			'containers',
			'items',
			'selector',
			'env',
			'value',
			'postgres://db:5432',
			'kafka:9092',
			'1:2'
		]
	);
	const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
		tree: fc.oneof(
			{ maxDepth: 6 },
			word,
			fc.constantFrom<unknown>(null, true, 0, -1, 3, 1e300),
			fc.array(tie('tree'), { maxLength: 4 }),
			fc
				.array(fc.tuple(word, tie('tree')), { maxLength: 5 })
				.map((pairs) => Object.fromEntries(pairs))
		)
	}));

	function soundOrRefused(text: string) {
		const result = importTopology(text);
		if (!result.ok) return result.problems.length > 0;
		const { topology } = result.imported;
		return checkTopology(topology, topology).length === 0;
	}

	test('any text is answered', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), soundOrRefused));
		expect(soundOrRefused('')).toBe(true);
	});

	test('any tree below services is answered with a topology that is sound', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.oneof(word, fc.string()), tree), (services) =>
				soundOrRefused(JSON.stringify({ services }))
			),
			{ numRuns: 500 }
		);
		expect(soundOrRefused('{"services": {"__proto__": {"image": "a"}}}')).toBe(true);
	});

	test('any tree below a workload is answered with a topology that is sound', () => {
		fc.assert(
			fc.property(fc.array(tree, { maxLength: 4 }), tree, (items, spec) =>
				soundOrRefused(
					JSON.stringify({
						apiVersion: 'v1',
						kind: 'List',
						items: [
							...items,
							{
								kind: 'Deployment',
								metadata: { name: 'web' },
								spec: { replicas: 2, template: { spec } }
							},
							{ kind: 'Service', metadata: { name: 'web' }, spec }
						]
					})
				)
			),
			{ numRuns: 500 }
		);
		expect(soundOrRefused('{"apiVersion": "v1", "kind": "List", "items": []}')).toBe(true);
	});

	test('any calls among brokers, caches, workers and services are sound and carry their load', () => {
		const images = ['app', 'kafka', 'redis', 'postgres', 'nginx', 'rabbitmq'];
		const service = fc.record({
			image: fc.constantFrom(...images),
			worker: fc.boolean(),
			needs: fc.array(fc.nat(9), { maxLength: 6 }),
			published: fc.boolean()
		});
		fc.assert(
			fc.property(fc.array(service, { minLength: 10, maxLength: 10 }), (drawn) => {
				const services = drawn.map(({ image, worker, needs, published }, index) => [
					`s${index}`,
					{
						image,
						command: worker ? 'run worker' : 'serve',
						depends_on: needs.map((to) => `s${to}`),
						ports: published ? ['80:80'] : []
					}
				]);
				const text = JSON.stringify({ services: Object.fromEntries(services) as unknown });
				const result = importTopology(text);
				if (!result.ok) return false;
				const { topology } = result.imported;
				if (checkTopology(topology, topology).length > 0) return false;
				const simulation = createSimulation({ topology, workload: topology, seed: 1 });
				const reports = simulation.advance(40).slice(10);
				return topology.services.every(
					({ id }) =>
						reports.reduce((sum, each) => sum + (each.services[id]?.utilisation ?? 0), 0) /
							reports.length <
						0.6
				);
			}),
			{ numRuns: 150 }
		);
		expect(soundOrRefused(composeOf([[1], [0]]))).toBe(true);
	});
});
