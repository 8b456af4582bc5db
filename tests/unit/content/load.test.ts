import { describe, expect, test } from 'vitest';
import { loadSite, type ContentFiles } from '../../../src/lib/content/load';
import { describeProblems } from '../../../src/lib/content/problems';
import { readFolder } from '../../../src/lib/content/read-folder';

const first = readFolder('src/content');
const minimal = readFolder('tests/fixtures/sites/minimal');

/** What the loader says of the first site with some files changed. */
function problemsWith(changes: ContentFiles): string {
	const loaded = loadSite({ ...first, ...changes });
	return 'problems' in loaded ? describeProblems(loaded.problems) : 'no problems';
}

/** A file of the first site with one piece of text replaced. */
function edited(file: string, from: string, to: string): ContentFiles {
	const text = first[file] ?? '';
	if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
	return { [file]: text.replace(from, to) };
}

test('the first site loads', () => {
	expect(problemsWith({})).toBe('no problems');
});

test('a minimal site loads, and what it leaves out is empty', () => {
	const loaded = loadSite(minimal);
	expect(loaded).toHaveProperty('site');
	if (!('site' in loaded)) return;
	expect(loaded.site.decisions).toEqual([]);
	expect(loaded.site.profile.handle).toBe('ada');
	expect(loaded.site.topology.calls[0]?.id).toBe('visitor>shop');
});

describe('a problem names file, line and field, and what is expected', () => {
	test.each([
		[
			'a wrong address',
			edited('profile.yaml', 'hello@example.com', 'nobody'),
			/profile\.yaml:\d+: contact\.email: .*expected name@example\.com/
		],
		[
			'an unknown field',
			edited('profile.yaml', 'role:', 'job:'),
			/profile\.yaml:3: job: unknown field/
		],
		[
			'a missing field',
			edited('profile.yaml', 'role: Senior Backend Engineer\n', ''),
			/profile\.yaml:\d+: role: is missing/
		],
		[
			'a figure without a source',
			edited('profile.yaml', '      source: His own account; the repositories are private\n', ''),
			/profile\.yaml:\d+: figures\.1\.receipt\.source: is missing/
		],
		['YAML that is none', { 'profile.yaml': 'name: [' }, /profile\.yaml:1: not valid YAML/],
		[
			'front matter that is not closed',
			{ 'log/2022-backend-foundation.md': '---\nyear: 2022\ntitle: Foundation\n' },
			/log\/2022-backend-foundation\.md:1: its front matter is not closed/
		],
		[
			'a field of a record that is nearly one of ours',
			edited('decisions/0001-redis-locking.md', 'affects:', 'affect:'),
			/decisions\/0001-redis-locking\.md:\d+: affect: unknown field; did you mean affects\?/
		],
		['a missing file', { 'profile.yaml': '' }, /profile\.yaml:1: name: is missing/],
		[
			'a reference to nowhere',
			edited('log/2025-booking-engine.md', 'decision:redis-locking', 'decision:nowhere'),
			/2025-booking-engine\.md:\d+: related\.0: there is no decision "nowhere"; expected one of/
		],
		[
			'an unknown service',
			edited(
				'decisions/0001-redis-locking.md',
				'[booking-engine, redis-lock, database]',
				'[booking-engine, nowhere]'
			),
			/affects\.1: there is no service "nowhere"/
		],
		[
			'a fifth option',
			edited(
				'scenarios/wet-path.yaml',
				'      - id: release-diff\n',
				'      - { id: fifth, label: Wait, verdict: ineffective, says: Nothing }\n      - id: release-diff\n'
			),
			/wet-path\.yaml:\d+: steps\.0\.actions: .*expected exactly four actions/
		],
		[
			'an action without a verdict',
			edited('scenarios/wet-path.yaml', '        verdict: safe\n', ''),
			/wet-path\.yaml:\d+: steps\.0\.actions\.\d\.verdict: is missing/
		],
		[
			'a signal that no run has',
			edited(
				'scenarios/wet-path.yaml',
				'signal: call.gateway>api.errors',
				'signal: call.nowhere.errors'
			),
			/wet-path\.yaml:\d+: signal: there is no figure "call\.nowhere\.errors"/
		],
		[
			'a scenario of an unknown service',
			edited('scenarios/wet-path.yaml', 'services: [gateway, api]', 'services: [nowhere]'),
			/wet-path\.yaml:\d+: services\.0: there is no service "nowhere"/
		],
		[
			'a call to nowhere',
			edited('topology.yaml', 'to: log-disk', 'to: nowhere'),
			/topology\.yaml:\d+: calls\.1\.to: there is no service nowhere/
		],
		[
			'a record without a title',
			edited('decisions/0001-redis-locking.md', '# Redis locking', 'Redis locking'),
			/0001-redis-locking\.md:\d+: title: is missing; expected a first heading/
		],
		[
			'a file of no kind',
			{ 'essays/thought.md': 'x' },
			/essays\/thought\.md:1: belongs to no kind of content/
		],
		[
			'two records of one number',
			{ 'decisions/0001-again.md': first['decisions/0001-redis-locking.md'] ?? '' },
			/number: "1" is taken by/
		]
	])('%s', (_name, changes, message) => {
		expect(problemsWith(changes)).toMatch(message);
	});
});

test('records named by their dates are counted on, and what other tools keep in them is left alone', () => {
	const loaded = loadSite({
		...minimal,
		'decisions/0003-first.md':
			'---\nstatus: accepted\nparent: Decisions\nnav_order: 1\n---\n\n# First\n',
		'decisions/20240102-later.md': '# Later\n\n- Status: accepted\n\n## Context\n\nSo.\n',
		'decisions/README.md': '# About these records\n',
		'decisions/adr-template.md': '# {title}\n'
	});
	expect(
		'site' in loaded && loaded.site.decisions.map(({ number, title }) => [number, title])
	).toEqual([
		[3, 'First'],
		[4, 'Later']
	]);
});

test('a byte order mark, and three hyphens within a value, are no trouble', () => {
	const file = 'log/2025-booking-engine.md';
	const text = (first[file] ?? '').replace(/^message: .*$/m, 'message: before --- and after');
	const loaded = loadSite({ ...first, [file]: `\uFEFF${text}` });
	expect('site' in loaded && loaded.site.log.at(-1)?.message).toBe('before --- and after');
});

test('all problems are reported at once', () => {
	const report = problemsWith({
		...edited('profile.yaml', 'hello@example.com', 'nobody'),
		...edited('log/2025-booking-engine.md', 'year: 2025', 'year: soon')
	});
	expect(report.split('\n')).toHaveLength(2);
});
