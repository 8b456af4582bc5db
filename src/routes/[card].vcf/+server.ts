import { error } from '@sveltejs/kit';
import site from '$lib/content/site.server';
import { cardName, resumeOf, vcard } from '$lib/recruiter';
import { homeOf } from '../home';

export const prerender = true;

export function entries() {
	return [{ card: cardName(site.profile) }];
}

export function GET({ params }) {
	if (params.card !== cardName(site.profile)) error(404, 'There is no such card.');
	return new Response(vcard(resumeOf(site, homeOf(site.profile))), {
		headers: { 'content-type': 'text/vcard; charset=utf-8' }
	});
}
