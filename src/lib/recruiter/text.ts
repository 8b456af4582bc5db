import { indent, lines, wrap } from '$lib/ui';
import { factsOf } from './facts';
import { receiptOf, type Evidence, type Resume } from './resume';
import { yearsOf } from './skills';

/** The CV as plain text of 80 columns; only a word or an address longer than that runs over. */
export function textResume(resume: Resume): string {
	const sections = [
		head(resume),
		section('Claims and evidence', claims(resume)),
		section('Figures', figures(resume)),
		section('Log', log(resume)),
		section('Modules', modules(resume)),
		section('Stack', stack(resume))
	];
	return lines(
		...sections.filter((all) => all.length > 0).flatMap((all, i) => (i === 0 ? all : ['', ...all]))
	);
}

function section(title: string, body: string[]): string[] {
	return body.length > 0 ? [title.toUpperCase(), '-'.repeat(title.length), ...body] : [];
}

function head(resume: Resume): string[] {
	const { name, role, summary, home, email, links } = resume;
	const facts = [
		...factsOf(resume).flatMap(({ term, texts }) => texts.map((text) => [term, text] as const)),
		['E-mail', email] as const,
		['Site', `${home}/recruiter`] as const,
		...links.map(({ label, url }) => [label, url] as const)
	];
	return [
		...wrap(name),
		...wrap(role),
		'',
		...wrap(summary),
		'',
		...facts.flatMap(([term, text]) =>
			term.length > 12 ? wrap(`${term}: ${text}`) : wrap(text, `${term}: `.padEnd(14))
		)
	];
}

function evidenceLines({ home }: Resume, evidence: Evidence[]): string[] {
	return evidence.flatMap(({ title, path }) => [...wrap(title, '- '), `  ${home}${path}`]);
}

function spaced(blocks: string[][]): string[] {
	return blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

function claims(resume: Resume): string[] {
	return spaced(
		resume.claims.map(({ claim, detail, evidence }, index) => [
			...wrap(claim, `${index + 1}. `),
			...wrap(detail, '   '),
			...indent(evidenceLines(resume, evidence), '   ')
		])
	);
}

function figures(resume: Resume): string[] {
	return resume.figures.flatMap((figure) => [
		...wrap(`${figure.value} ${figure.label}`),
		...wrap(receiptOf(figure), '   ')
	]);
}

function log(resume: Resume): string[] {
	return spaced(
		resume.log.map(({ year, title, message, facts, skills }) => [
			...wrap(title, `${year}  `),
			...wrap(message, '      '),
			...facts.flatMap(({ text, figure }) =>
				wrap(figure ? `${text}: ${figure}` : text, '      - ')
			),
			...(skills.length > 0 ? wrap(skills.join(', '), '      With ') : [])
		])
	);
}

function modules(resume: Resume): string[] {
	return spaced(
		resume.modules.map(({ title, status, problem, solution, impact }) => [
			...wrap(`${title} (${status})`),
			...wrap(problem, '   Problem:  '),
			...wrap(solution, '   Solution: '),
			...wrap(impact, '   Impact:   ')
		])
	);
}

function stack(resume: Resume): string[] {
	return resume.stack.flatMap(({ group, skills }) => [
		...wrap(group),
		...wrap(
			skills
				.map((skill) => (yearsOf(skill) ? `${skill.name} (${yearsOf(skill)})` : skill.name))
				.join(', '),
			'   '
		)
	]);
}
