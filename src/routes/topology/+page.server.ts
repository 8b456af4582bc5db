import site from '$lib/content/site.server';
import { layoutTopology } from '$lib/topology';

export function load() {
	return { topology: site.topology, layout: layoutTopology(site.topology) };
}
