import site from '$lib/content/site.server';
import { jsonResume, resumeOf } from '$lib/recruiter';
import { homeOf } from '../home';

export const prerender = true;

export function GET() {
	return new Response(
		`${JSON.stringify(jsonResume(resumeOf(site, homeOf(site.profile))), null, '\t')}\n`,
		{
			headers: { 'content-type': 'application/json; charset=utf-8' }
		}
	);
}
