import site from '$lib/content/site.server';

export function load() {
	return {
		reports: site.incidents.map(({ slug, title, status, summary, date }) => ({
			slug,
			title,
			status,
			summary,
			date
		})),
		scenarios: site.scenarios.map(({ number, slug, title, family, severity, page }) => ({
			number,
			slug,
			title,
			family,
			severity,
			page
		}))
	};
}
