import { describe, expect, it } from 'vitest';
import { bootLines, mountedSections } from '../../../src/lib/profile/boot-lines';
import { emptySite, entry, report, topology } from './site';

const printed = (...input: Parameters<typeof bootLines>) =>
	bootLines(...input).map(({ unit, text }) => `${unit} ${text}`);

describe('the boot log', () => {
	it('begins with initialising the system, then says what is wired, measured and mounted', () => {
		expect(printed(topology, [report()], [{ id: 'log', text: '5 entries' }])).toEqual([
			'init initialising the system',
			'seed 9999; the same run on every machine',
			'topology 2 services in 2 layers, 1 call wired',
			'flow/read 468 rps offered',
			'simulation 60 s of traffic at build time',
			'latency p95 206 ms, at most 400 ms',
			'errors 0 %, at most 1.0 %',
			'traffic 466 rps, at least 440 rps',
			'mount/log 5 entries'
		]);
	});

	it('claims no figures that nobody has measured', () => {
		expect(printed(topology, []).join('\n')).not.toMatch(/latency|errors|traffic/);
	});

	it('says of a site without services only that it starts', () => {
		const empty = { ...topology, services: [], calls: [], flows: [] };
		expect(printed(empty, [])).toEqual(['init initialising the system']);
	});

	it('marks the figure that is out of bounds, and only that one', () => {
		const marked = bootLines(topology, [report({ p95Ms: 900 })]);
		expect(marked.filter(({ health }) => health !== 'ok').map(({ unit }) => unit)).toEqual([
			'latency'
		]);
	});

	it('names three flows and counts the rest', () => {
		const [flow] = topology.flows;
		if (!flow) throw new Error('no flow');
		const flows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ ...flow, id }));
		const lines = printed({ ...topology, flows }, []);
		expect(lines.filter((line) => line.startsWith('flow/'))).toHaveLength(3);
		expect(lines).toContain('flows 2 more');
	});
});

describe('mounted sections', () => {
	it('are those that have content', () => {
		expect(mountedSections(emptySite)).toEqual([]);
		expect(mountedSections({ ...emptySite, log: [entry(2022), entry(2025)] })).toEqual([
			{ id: 'log', text: '2 entries, 2022 to 2025' }
		]);
		expect(mountedSections({ ...emptySite, log: [entry(2022)] })[0]?.text).toBe('1 entry, 2022');
	});
});
