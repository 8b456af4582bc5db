import { arcsOf, inOrderOfTime, ledgerOf, listed } from '$lib/decisions';
import site from '$lib/content/site.server';
import { layoutTopology } from '$lib/topology';

export function load() {
	const inTime = inOrderOfTime(site.decisions);
	return {
		decisions: site.decisions.map(listed),
		timeline: inTime.map(({ number, slug, title, status, date, affects, summary }) => ({
			...{ number, slug, title, status, affects, summary },
			...(date ? { date } : {})
		})),
		arcs: arcsOf(inTime),
		ledger: ledgerOf(site.decisions),
		topology: site.topology,
		layout: layoutTopology(site.topology)
	};
}
