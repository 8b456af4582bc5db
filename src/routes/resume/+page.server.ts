import site from '$lib/content/site.server';
import { resumeOf } from '$lib/recruiter';
import { homeOf } from '../home';

export function load() {
	return { resume: resumeOf(site, homeOf(site.profile)) };
}
