import site from '$lib/content/site.server';
import { resumeOf, textResume } from '$lib/recruiter';
import { homeOf } from '../home';

export const prerender = true;

export function GET() {
	return new Response(textResume(resumeOf(site, homeOf(site.profile))), {
		headers: { 'content-type': 'text/plain; charset=utf-8' }
	});
}
