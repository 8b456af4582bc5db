import type { Reference } from './site';

const addresses: Record<Reference['kind'], (slug: string) => string> = {
	log: (slug) => `/#log-${slug}`,
	principle: (slug) => `/#principle-${slug}`,
	module: (slug) => `/#module-${slug}`,
	decision: (slug) => `/decisions/${slug}`,
	incident: (slug) => `/incidents/${slug}`,
	scenario: (slug) => `/incidents/${slug}`,
	service: (slug) => `/topology#service-${slug}`
};

/** Where a piece of content stands on the site, without the base path: callers put it through `resolve`. */
export function hrefOf({ kind, slug }: Pick<Reference, 'kind' | 'slug'>): string {
	return addresses[kind](slug);
}
