import { error } from '@sveltejs/kit';
import site from '$lib/content/site.server';

export function entries() {
	return site.incidents.map(({ slug }) => ({ slug }));
}

export function load({ params }) {
	const report = site.incidents.find(({ slug }) => slug === params.slug);
	if (!report) error(404, 'There is no such incident.');
	return { report, services: site.topology.services.map(({ id, name }) => ({ id, name })) };
}
