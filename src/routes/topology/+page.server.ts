import site from '$lib/content/site.server';
import { layoutTopology, summaryOf } from '$lib/topology';
import { relatedTo } from '../related';

export function load() {
	return {
		topology: site.topology,
		layout: layoutTopology(site.topology),
		caption: summaryOf(site.topology),
		related: relatedTo(site)
	};
}
