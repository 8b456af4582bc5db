import { observeSystem } from '$lib/topology';
import site from '$lib/content/site.server';

/** What every page needs: who this is, and the running system with its last minute as measured at build. */
export function load() {
	const { name, handle, role, summary, origin } = site.profile;
	return {
		profile: { name, handle, role, summary, origin },
		system: observeSystem(site.topology)
	};
}
