import { stringify } from 'yaml';
import type { Site } from '$lib/content';

/** The portfolio as files, by their path from the home directory. The scenarios tell what the pager says, no more. */
export function shellFiles(site: Site): Record<string, string> {
	const { profile } = site;
	const files: Record<string, string> = {
		'README.md': [
			`# ${profile.name}`,
			'',
			`${profile.role}. ${profile.summary}`,
			'',
			...(profile.focus.length ? ['Focus:', ...profile.focus.map((each) => `- ${each}`), ''] : []),
			'Everything on the site is a file here. Try `ls`, `cat decisions/*`, `grep -ril redis ~ | wc -l`, or `help`.',
			''
		].join('\n'),
		'topology.yaml': stringify({
			services: site.topology.services,
			calls: site.topology.calls,
			flows: site.topology.flows
		})
	};
	for (const entry of site.log)
		files[`log/${entry.year}-${entry.slug}.log`] = [
			`${entry.year} ${entry.kind}: ${entry.title}`,
			entry.message,
			...entry.facts.map(({ text, figure }) => `  ${text}${figure ? ` [${figure}]` : ''}`),
			...(entry.skills.length ? [`  skills: ${entry.skills.join(', ')}`] : []),
			''
		].join('\n');
	for (const each of site.decisions)
		files[`decisions/${String(each.number).padStart(4, '0')}-${each.slug}.md`] = record(
			each.title,
			`Status: ${each.status}`,
			each.sections
		);
	for (const each of site.incidents)
		files[`incidents/${each.slug}.md`] = record(
			each.title,
			`Status: ${each.status}`,
			each.sections
		);
	for (const each of site.modules)
		files[`modules/${each.slug}.md`] = [
			`# ${each.title}`,
			'',
			`Status: ${each.status}`,
			`Path: ${each.path.join(' > ')}`,
			'',
			`Problem: ${each.problem}`,
			`Solution: ${each.solution}`,
			`Impact: ${each.impact}`,
			''
		].join('\n');
	for (const each of site.principles)
		files[`principles/${each.slug}.md`] = [
			`# ${each.name}`,
			'',
			each.motto,
			'',
			each.meaning.markdown.trim(),
			'',
			`In practice: ${each.practice}`,
			''
		].join('\n');
	for (const each of site.scenarios)
		files[`scenarios/${String(each.number).padStart(2, '0')}-${each.slug}.txt`] = [
			`${each.number} ${each.title} (${each.family}, ${each.severity})`,
			'',
			each.page.trim(),
			'',
			each.brief.trim(),
			''
		].join('\n');
	return files;
}

function record(
	title: string,
	status: string,
	sections: { title: string; body: { markdown: string } }[]
): string {
	return [
		`# ${title}`,
		'',
		status,
		'',
		...sections.flatMap((section) => [`## ${section.title}`, '', section.body.markdown.trim(), ''])
	].join('\n');
}
