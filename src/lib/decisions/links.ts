import { hrefOf, type Reference } from '$lib/content';
import { withBase } from '$lib/platform';

/** A link as lists of links show it. */
export interface ShownLink {
	label: string;
	href: string;
	note?: string;
}

/** References as links, each with the kind of thing it leads to. */
export function linksOf(references: Reference[]): ShownLink[] {
	return references.map((reference) => ({
		label: reference.title,
		note: reference.kind,
		href: withBase(hrefOf(reference))
	}));
}

/** Services as links into the topology. A service without a known name goes by its id. */
export function serviceLinks(ids: string[], services: { id: string; name: string }[]): ShownLink[] {
	return ids.map((id) => ({
		label: services.find((service) => service.id === id)?.name ?? id,
		href: withBase(hrefOf({ kind: 'service', slug: id }))
	}));
}
