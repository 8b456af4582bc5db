import site from '$lib/content/site.server';

export function load() {
	return {
		reports: site.incidents.map(({ slug, title, status, summary }) => ({
			slug,
			title,
			status,
			summary
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
