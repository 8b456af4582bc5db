import { describe, expect, test } from 'vitest';
import { readTopology } from '../../../src/lib/content';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { drawingSvg } from '../../../src/lib/topology/drawing-svg';
import { inkNames, type Inks } from '../../../src/lib/topology/inks';
import { layoutTopology } from '../../../src/lib/topology/layout';
import { topologyYaml } from '../../../src/lib/topology/to-yaml';

const { topology } = loadFolder('src/content');
const inks = Object.fromEntries(inkNames.map((name) => [name, '#123456'])) as Inks;

test('a topology written as YAML is read back as the same', () => {
	const text = topologyYaml(topology);
	expect(readTopology('topology.yaml', text)).toEqual({ topology });
	expect(text.split('\n').length).toBeLessThan(350);
});

describe('the drawing as a file', () => {
	test('has every service by name and every call', () => {
		const svg = drawingSvg(topology, layoutTopology(topology), inks);
		for (const { name } of topology.services) expect(svg).toContain(`<title>${name}</title>`);
		const drawn = topology.calls.filter(({ from, to }) => from !== to).length;
		expect(svg.match(/<path /g)).toHaveLength(drawn * 2);
	});

	test('keeps markup in a name as text', () => {
		const [first, ...rest] = topology.services;
		const odd = {
			...topology,
			services: [{ ...first, name: '<script>"&' } as (typeof rest)[number], ...rest]
		};
		const svg = drawingSvg(odd, layoutTopology(odd), inks);
		expect(svg).toContain('&lt;script&gt;&quot;&amp;');
		expect(svg).not.toContain('<script');
	});
});
