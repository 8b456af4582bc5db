import { contactCommands } from '$lib/contact';
import { decisionCommands } from '$lib/decisions';
import { incidentCommands } from '$lib/incident';
import { deviceClock, deviceStore, type Command, type RunningSystem } from '$lib/platform';
import { profileCommands } from '$lib/profile';
import { recruiterCommands } from '$lib/recruiter';
import { topologyCommands } from '$lib/topology';
import type { ShellData } from './shell';

/** All features' commands in one list, in the order of `help`. A module of its own, so that it loads with the shell. */
export function shellCommands(
	site: ShellData['site'],
	system: RunningSystem,
	read: (path: string) => Promise<string>
): Command[] {
	const { objective } = site.topology;
	return [
		...profileCommands({ ...site, system: { objective, reports: () => system.reports } }),
		...topologyCommands({ topology: site.topology, system }),
		...decisionCommands(site),
		...incidentCommands({
			scenarios: site.scenarios,
			store: deviceStore(),
			now: () => deviceClock.now()
		}),
		...recruiterCommands({ read }),
		...contactCommands({ email: site.profile.contact.email })
	];
}
