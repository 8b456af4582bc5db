import { listed } from '$lib/decisions';
import site from '$lib/content/site.server';

export function load() {
	return {
		decisions: site.decisions.map(listed),
		services: site.topology.services.map(({ id, name }) => ({ id, name }))
	};
}
