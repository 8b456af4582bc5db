import { loadFolder as loadContent } from './lib/content/load-folder';
import { parseFile } from './lib/content/parse';
import { describeProblems, type Problem } from './lib/content/problems';
import { readFolder } from './lib/content/read-folder';
import type { Site } from './lib/content/site';
import { lintDecisions, type Finding } from './lib/decisions/lint';

/**
 * The site in a folder, once its features find nothing wrong with it either: content that is valid by itself can still
 * contradict itself. Warnings are printed.
 * @throws Error whose message lists everything that is wrong, a line a problem
 */
export function loadFolder(folder: string): Site {
	const site = loadContent(folder);
	const findings = lintDecisions(site.decisions);
	const files = readFolder(folder);
	const problems = (severity: Finding['severity']) =>
		findings
			.filter((finding) => finding.severity === severity)
			.map((finding) => problemOf(finding, site, folder, files));
	const warnings = problems('warning');
	if (warnings.length) console.warn(`The content could be better.\n${describeProblems(warnings)}`);
	const errors = problems('error');
	if (errors.length) throw new Error(`The content is not valid.\n${describeProblems(errors)}`);
	return site;
}

function problemOf(
	{ number, field, message }: Finding,
	{ decisions }: Site,
	folder: string,
	files: Record<string, string>
): Problem {
	const slug = decisions.find((decision) => decision.number === number)?.slug ?? '';
	const file =
		Object.keys(files).find(
			(name) =>
				name.startsWith('decisions/') && name.replace(/^.*\/0*/, '') === `${number}-${slug}.md`
		) ?? 'decisions';
	const place = parseFile(file, files[file] ?? '').placeOf(field ? [field] : []);
	return { file: `${folder}/${file}`, ...place, field, message };
}
