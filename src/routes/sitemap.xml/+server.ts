import { pagesOf, sitemap } from '$lib/content';
import site from '$lib/content/site.server';
import { homeOf } from '../home';

export const prerender = true;

export function GET() {
	return new Response(sitemap(pagesOf(site), homeOf(site.profile)), {
		headers: { 'content-type': 'application/xml; charset=utf-8' }
	});
}
