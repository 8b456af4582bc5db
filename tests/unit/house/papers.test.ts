import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const papers = [
	'README.md',
	'CONTRIBUTING.md',
	...readdirSync('docs/decisions').map((file) => join('docs/decisions', file))
];
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
	engines: { node: string };
	license: string;
	scripts: Record<string, string>;
};

/** Paths in backticks that name something of this project, without what is only an example or made by a build. */
function pathsNamedIn(text: string): string[] {
	return [...text.matchAll(/`([\w.-]+(?:\/[\w.[\]-]*)*)`/g)]
		.map(([, path = '']) => path)
		.filter((path) => /^(src|tests|docs|static|scripts|\.ci|\.github)\//.test(path));
}

describe.each(papers)('%s', (paper) => {
	const text = readFileSync(paper, 'utf8');

	test('names only paths that are there', () => {
		expect(pathsNamedIn(text).filter((path) => !existsSync(path))).toEqual([]);
	});

	test('links only to files that are there', () => {
		const targets = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, target = '']) =>
			join(dirname(paper), target)
		);
		expect(targets.filter((target) => !existsSync(target))).toEqual([]);
	});

	test('names only commands that the manifest has', () => {
		const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
		expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
	});
});

describe('the README and what it promises', () => {
	const readme = readFileSync('README.md', 'utf8');

	test('lists every command that a person runs', () => {
		const listed = [...readme.matchAll(/npm (?:run )?([\w:-]+)/g)].map(([, name = '']) => name);
		const typed = Object.keys(manifest.scripts).filter((name) => name !== 'prepare');
		expect(listed).toEqual(expect.arrayContaining(typed));
	});

	test('asks for the Node that the manifest asks for', () => {
		const [, version] = /^>=([\d.]+)$/.exec(manifest.engines.node) ?? [];
		expect(readme).toContain(`Node ${version} or newer`);
	});

	test('names the licence that is there', () => {
		expect(readme).toContain(`${manifest.license} licensed`);
		expect(readFileSync('LICENSE', 'utf8')).toContain('MIT License');
		expect(existsSync('static/fonts/OFL.txt')).toBe(true);
	});

	test('tells of every kind of content that the site has a folder for', () => {
		const folders = readdirSync('src/content', { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map(({ name }) => name);
		const section = /## Make it yours\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
		expect(folders.filter((folder) => !section.includes(folder))).toEqual([]);
	});
});

describe('CONTRIBUTING and the house', () => {
	const contributing = readFileSync('CONTRIBUTING.md', 'utf8');

	test('knows every room', () => {
		const rooms = readdirSync('src/lib', { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map(({ name }) => name)
			.filter((name) => readdirSync(join('src/lib', name)).length > 0);
		expect(rooms.filter((room) => !contributing.includes(`${room}\``))).toEqual([]);
	});
});

test('the lock file names no host to fetch from: whoever installs brings their own registry', () => {
	expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": "(?!file:)/);
});
