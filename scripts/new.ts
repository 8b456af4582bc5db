import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadSite } from '../src/lib/content/load';
import { describeProblems } from '../src/lib/content/problems';
import { readTopology } from '../src/lib/content/read-topology';
import { readFolder } from '../src/lib/content/read-folder';
import { blank, blankKinds, isBlankKind } from '../src/lib/content/blank';

const usage = `npm run new KIND "Title", where KIND is one of ${blankKinds.join(', ')}`;

/** Writes a valid file to begin with, numbered and dated; answers with the exit code. */
export function main([kind = '', ...words]: string[]): number {
	const title = words.join(' ').trim();
	if (!isBlankKind(kind) || !title) {
		console.error(usage);
		return 2;
	}
	const folder = process.env['FOURNINES_CONTENT'] ?? 'src/content';
	const there = existsSync(folder)
		? readdirSync(folder, { recursive: true, encoding: 'utf8' })
		: [];
	const topology = existsSync(join(folder, 'topology.yaml'))
		? readTopology('topology.yaml', readFileSync(join(folder, 'topology.yaml'), 'utf8'))
		: { problems: [] };
	const services = 'topology' in topology ? topology.topology.services : [];
	const made = blank(kind, title, {
		files: there.map((file) => file.replaceAll('\\', '/')),
		today: new Date().toISOString().slice(0, 10),
		services: services.filter(({ serviceTime }) => serviceTime.meanMs > 0).map(({ id }) => id)
	});
	if ('problem' in made) {
		console.error(made.problem);
		return 1;
	}
	const path = join(folder, made.file);
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, made.text, { flag: 'wx' });
	console.log(path);
	const loaded = loadSite(readFolder(folder));
	if ('site' in loaded) return 0;
	console.error(
		`The content was not valid before, or is not now.\n${describeProblems(loaded.problems)}`
	);
	return 1;
}
