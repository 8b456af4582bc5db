import type { Position } from '$lib/content';
import type { Resume } from './resume';

type Json = string | number | boolean | undefined | Json[] | { [key: string]: Json };

const schema =
	'https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json' as const;

/**
 * The CV as JSON Resume 1.0 (https://jsonresume.org/schema). `work` holds the positions the owner named; log entries and
 * modules are `projects`, since nobody is said to have employed anybody for them. What the standard has no field for
 * stands under `x-` keys.
 */
export function jsonResume(resume: Resume): { [key: string]: Json } {
	const { name, role, email, summary, location, links, home } = resume;
	return {
		$schema: schema,
		basics: {
			name,
			label: role,
			email,
			url: `${home}/`,
			summary,
			...(location && { location: { address: location } }),
			profiles: links.map(({ label, url }) => ({ network: label, url }))
		},
		work: [resume.current, resume.previous].flatMap((position) =>
			position ? [work(position)] : []
		),
		education: resume.education.map(({ institution, degree, from, to }) => ({
			institution,
			...(degree && { studyType: degree }),
			...dates(from, to)
		})),
		projects: [...entries(resume), ...modules(resume)],
		skills: resume.stack.map(({ group, skills }) => ({
			name: group,
			keywords: skills.map((skill) => skill.name)
		})),
		...xFields(resume),
		meta: { canonical: `${home}/resume.json`, version: 'v1.0.0' }
	};
}

function work({ title, company, from, to }: Position) {
	return { name: company, position: title, ...dates(from, to) };
}

function dates(from?: string, to?: string) {
	return { ...(from && { startDate: from }), ...(to && { endDate: to }) };
}

function entries({ log, home }: Resume) {
	return log.map(({ year, title, message, facts, skills, path }) => ({
		name: title,
		description: message,
		highlights: facts.map(({ text, figure }) => (figure ? `${text}: ${figure}` : text)),
		keywords: skills,
		startDate: String(year).padStart(4, '0'),
		url: home + path,
		type: 'log entry'
	}));
}

function modules(resume: Resume) {
	return resume.modules.map(({ title, status, problem, solution, impact, tags, skills, path }) => ({
		name: title,
		description: problem,
		highlights: [solution, impact],
		keywords: [...new Set([...tags, ...skills])],
		url: resume.home + path,
		type: 'module',
		'x-status': status
	}));
}

function xFields({ home, experience, availability, focus, figures, claims }: Resume) {
	return {
		...(experience && { 'x-experience': experience }),
		...(availability && { 'x-availability': availability }),
		'x-focus': focus,
		'x-figures': figures.map(({ value, label, receipt, evidence }) => ({
			value,
			label,
			receipt: { ...receipt },
			evidence: evidence.map(({ path }) => home + path)
		})),
		'x-claims': claims.map(({ claim, detail, evidence }) => ({
			claim,
			detail,
			evidence: evidence.map(({ path }) => home + path)
		}))
	};
}
