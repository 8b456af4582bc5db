import { loadSite } from './load';
import { describeProblems } from './problems';
import { readFolder } from './read-folder';
import type { Site } from './site';

/**
 * The site in a folder on disk.
 * @throws Error whose message lists everything that is wrong, a line a problem
 */
export function loadFolder(folder: string): Site {
	const loaded = loadSite(readFolder(folder), { base: process.env['BASE_PATH'] ?? '' });
	if ('site' in loaded) return loaded.site;
	const problems = loaded.problems.map((problem) => ({
		...problem,
		file: `${folder}/${problem.file}`
	}));
	throw new Error(`The content is not valid.\n${describeProblems(problems)}`);
}
