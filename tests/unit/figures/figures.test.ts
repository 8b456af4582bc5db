import { describe, expect, test } from 'vitest';
import { changesFor } from '../../../src/lib/content';
import { loadSite } from '../../../src/lib/content/load';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { describeProblems } from '../../../src/lib/content/problems';
import { readFolder } from '../../../src/lib/content/read-folder';
import { runFigure, runPoint } from '../../../src/lib/figures/run-figure';
import { startLocalSimulation } from '../../../src/lib/platform/local-simulation';

const { figures } = loadFolder('src/content');
const files = readFolder('src/content');
const example = 'figures/lock-or-retry.yaml';

describe.each(figures.map((figure) => [figure.slug, figure] as const))('%s', (_slug, figure) => {
	const table = runFigure(figure);

	test('has a number for each value, variant and measure, and the variants differ', () => {
		expect(table.map((row) => row.map((each) => each.length))).toEqual(
			figure.control.values.map(() => figure.variants.map(() => figure.measures.length))
		);
		expect(table.flat(2).every(Number.isFinite)).toBe(true);
		const rows = table.filter((row) => new Set(row.map((each) => JSON.stringify(each))).size > 1);
		expect(rows.length).toBeGreaterThan(0);
		if (process.env['SHOW_FIGURES'])
			console.log(
				figure.slug,
				JSON.stringify(
					table.map((row, i) => [
						figure.control.values[i],
						...row.map((v) => v.map((n) => +n.toFixed(2)))
					])
				)
			);
	});

	test('gives the same point to whoever runs it', async () => {
		const at = figure.control.values.length - 1;
		const value = figure.control.values[at] ?? 0;
		expect(await runPoint(figure, value, startLocalSimulation)).toEqual(table[at]);
	});
});

test.each([
	['$value', 4],
	['$value * 2', 8],
	['$value / 8', 0.5],
	['1 - $value', -3],
	['1 / $value', 0.25],
	['10 - $value * 2', 2]
])('%s stands for a number', (text, number) => {
	expect(changesFor([{ verb: 'scale', set: { deep: [text] } }], 4)).toEqual([
		{ verb: 'scale', set: { deep: [number] } }
	]);
});

test('other texts stay what they are', () => {
	const change = { verb: 'set-rate', flow: '$values', note: 'value' };
	expect(changesFor([change], 4)).toEqual([change]);
});

describe('a figure that does not hold together is refused with its place', () => {
	test.each([
		[
			'start: 0.3',
			'start: 0.35',
			/figures\/lock-or-retry\.yaml:\d+: control\.start: 0\.35 is none/
		],
		['values: [0, 0.1', 'values: [0.2, 0.1', /control\.values\.1: 0\.1 does not rise/],
		['ratio: $value', 'ratio: $value * 9', /variants\.0: with a control of .*ratio/],
		['service: database, ratio', 'service: nowhere, ratio', /There is no service nowhere/],
		['figure: p95', 'figure: p96', /measures\.0\.figure: there is no figure "p96"/],
		['from: engine, to: lock', 'from: engine, to: look', /there is no service look/],
		['seconds: 90', 'seconds: 9000', /seconds: .*expected at most 600/]
	])('%s as %s', (from, to, message) => {
		const text = files[example] ?? '';
		expect(text).toContain(from);
		const loaded = loadSite({ ...files, [example]: text.replace(from, to) });
		expect('problems' in loaded ? describeProblems(loaded.problems) : '').toMatch(message);
	});

	test('a record that names a figure that is not there', () => {
		const file = 'decisions/0001-redis-locking.md';
		const text = (files[file] ?? '').replace(/^figure: .*$/m, 'figure: nothing');
		const loaded = loadSite({ ...files, [file]: text });
		expect('problems' in loaded ? describeProblems(loaded.problems) : '').toMatch(
			/0001-redis-locking\.md:\d+: figure: there is no figure "nothing"/
		);
	});
});
