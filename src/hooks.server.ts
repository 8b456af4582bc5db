import type { Handle } from '@sveltejs/kit';
import site from '$lib/content/site.server';

/** The page's language is the owner's. */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%fournines.language%', site.profile.language)
	});
