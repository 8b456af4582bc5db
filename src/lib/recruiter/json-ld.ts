import type { Resume } from './resume';

/**
 * The person for search engines: schema.org `ProfilePage` about a `Person`, ready to stand in a script element.
 * `<` is escaped, so that no text of the owner can end the element.
 */
export function jsonLd(resume: Resume): string {
	const { name, role, summary, email, home, links, focus, stack, current, education } = resume;
	const skills = stack.flatMap((group) => group.skills.map((skill) => skill.name));
	const page = {
		'@context': 'https://schema.org',
		'@type': 'ProfilePage',
		url: `${home}/recruiter`,
		inLanguage: resume.language,
		mainEntity: {
			'@type': 'Person',
			name,
			jobTitle: role,
			description: summary,
			email,
			url: `${home}/`,
			knowsAbout: [...new Set([...focus, ...skills])],
			...(links.length > 0 && { sameAs: links.map(({ url }) => url) }),
			...(current && { worksFor: { '@type': 'Organization', name: current.company } }),
			...(resume.location && { homeLocation: { '@type': 'Place', name: resume.location } }),
			...(education.length > 0 && {
				alumniOf: education.map(({ institution }) => ({
					'@type': 'EducationalOrganization',
					name: institution
				}))
			})
		}
	};
	return JSON.stringify(page).replace(/</g, '\\u003c');
}
