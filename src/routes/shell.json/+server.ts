import { json } from '@sveltejs/kit';
import site from '$lib/content/site.server';
import { jsonResume, resumeOf, textResume } from '$lib/recruiter';
import { shellFiles } from '$lib/terminal';
import { homeOf } from '../home';
import type { ShellData } from '../shell';

export const prerender = true;

/** What the shell holds; fetched with its first command. */
export function GET() {
	const { profile, topology, log, modules, principles, decisions, scenarios } = site;
	const resume = resumeOf(site, homeOf(profile));
	const data: ShellData = {
		files: {
			...shellFiles(site),
			'resume.txt': textResume(resume),
			'resume.json': `${JSON.stringify(jsonResume(resume), null, 2)}\n`
		},
		site: {
			profile,
			topology,
			log,
			modules,
			principles,
			decisions,
			scenarios: scenarios.map(({ number, slug, title, family, severity, page }) => ({
				number,
				slug,
				title,
				family,
				severity,
				page
			}))
		}
	};
	return json(data);
}
