import type { SiteTopology } from '$lib/content';
import { ringOrder } from './rings';

/** The topology in a sentence or two, for those who do not see the drawing. */
export function summaryOf({ services, calls, flows }: SiteTopology): string {
	const layers = ringOrder
		.map((layer) => [layer, services.filter((service) => service.layer === layer).length] as const)
		.filter(([, count]) => count > 0);
	const entries = [
		...new Set(flows.map(({ entry }) => services.find(({ id }) => id === entry)?.name ?? entry))
	];
	const degrees = new Map<string, number>();
	for (const { from, to } of calls)
		for (const id of from === to ? [from] : [from, to]) degrees.set(id, (degrees.get(id) ?? 0) + 1);
	const degree = (id: string) => degrees.get(id) ?? 0;
	const busiest = [...services].sort((a, b) => degree(b.id) - degree(a.id))[0];
	return [
		`${services.length} services in ${layers.length} layers: ${layers.map(([layer, count]) => `${count} ${layer}`).join(', ')}.`,
		entries.length ? `Requests enter at ${entries.join(', ')}.` : '',
		busiest && calls.length ? `Most calls meet at ${busiest.name}.` : ''
	]
		.filter(Boolean)
		.join(' ');
}
