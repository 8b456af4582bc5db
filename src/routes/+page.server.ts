import site from '$lib/content/site.server';
import { layoutTopology } from '$lib/topology';

/** The page, section by section. */
export function load() {
	return { site, layout: layoutTopology(site.topology) };
}
