import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadFolder } from '../../../src/load-site';

function changed(file: string, change: (text: string) => string): () => unknown {
	const folder = mkdtempSync(join(tmpdir(), 'content-'));
	cpSync('src/content', folder, { recursive: true });
	const path = join(folder, file);
	writeFileSync(path, change(readFileSync(path, 'utf8')));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return () => loadFolder(folder);
}

test('the content of this site has nothing that contradicts itself', () => {
	expect(loadFolder('src/content').decisions.length).toBeGreaterThan(4);
});

test('records that contradict each other stop the build, with file, line and field', () => {
	const load = changed('decisions/0001-redis-locking.md', (text) =>
		text.replace(/^status: .*$/m, 'status: superseded')
	);
	expect(load).toThrow(
		/decisions\/0001-redis-locking\.md:2: status: is superseded, but no record says/
	);
});

test('two records that supersede each other are both named', () => {
	const load = changed('decisions/0001-redis-locking.md', (text) =>
		text.replace(
			/^links:.*\n(?: +- .*\n)*/m,
			'links:\n  - { kind: supersedes, target: 2 }\n  - { kind: superseded by, target: 2 }\n'
		)
	);
	expect(load).toThrow(/0001-redis-locking\.md:\d+: links: supersedes itself by way of other/);
	expect(load).toThrow(/0002-/);
});

test('what could only be better is told, and stops nothing', () => {
	const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
	const load = changed('decisions/0002-kafka-for-background-work.md', (text) =>
		text
			.replace(/trade-?off|consequences|negative|costs?|drawback|pros and cons/gi, 'remark')
			.replace(/bad, because/gi, 'so')
	);
	expect(load).not.toThrow();
	expect(warn.mock.calls.join('\n')).toMatch(/0002-.*states no trade-off/);
});
