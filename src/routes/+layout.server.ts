import site from '$lib/content/site.server';
import { mountedSections } from '$lib/profile';
import { observeSystem } from '$lib/topology';

/** What every page needs: who this is, and the running system with its last seconds as measured at build. */
export function load() {
	const { name, handle, role, summary, origin } = site.profile;
	return {
		profile: { name, handle, role, summary, origin },
		sections: mountedSections(site).map(({ id }) => id),
		system: observeSystem(site.topology)
	};
}
