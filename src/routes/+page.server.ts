import site from '$lib/content/site.server';
import { mountedSections } from '$lib/profile';
import { layoutTopology } from '$lib/topology';

/** The page, section by section. */
export function load() {
	return { site, mounted: mountedSections(site), layout: layoutTopology(site.topology) };
}
