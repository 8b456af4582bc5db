import site from '$lib/content/site.server';
import { homeOf } from '../home';

export const prerender = true;

export function GET() {
	const address = `${homeOf(site.profile)}/sitemap.xml`;
	return new Response(`User-agent: *\nAllow: /\n\nSitemap: ${address}\n`, {
		headers: { 'content-type': 'text/plain; charset=utf-8' }
	});
}
