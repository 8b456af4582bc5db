import type { Site, SiteTopology } from '$lib/content';
import type { Report } from '$lib/simulation';
import { formatCount, formatRate, type Health } from '$lib/ui';
import { systemStatus } from './system-status';

/** A line of the boot log; every one of them says something that is so. */
export interface BootLine {
	health: Health;
	/** What reports, as a service manager names its units. */
	unit: string;
	text: string;
	/** Where on this page it leads, such as `#log`. */
	href?: string;
}

/** A section of the page that has content. */
export interface MountedSection {
	id: string;
	text: string;
}

const flowsNamed = 3;

/** `1 record`, `5 records`. */
function count(number: number, noun: string, plural = `${noun}s`): string {
	return `${formatCount(number)} ${number === 1 ? noun : plural}`;
}

function years(entries: Site['log']): string {
	const all = entries.map(({ year }) => year);
	const [first, last] = [Math.min(...all), Math.max(...all)];
	return first === last ? `${first}` : `${first} to ${last}`;
}

/** The sections the page shows for this site, in its order, with what each holds; the empty ones are absent. */
export function mountedSections(site: Omit<Site, 'profile'>): MountedSection[] {
	const sections: [id: string, size: number, text: () => string][] = [
		[
			'log',
			site.log.length,
			() => `${count(site.log.length, 'entry', 'entries')}, ${years(site.log)}`
		],
		['incident', site.incidents.length, () => count(site.incidents.length, 'report')],
		['decisions', site.decisions.length, () => count(site.decisions.length, 'record')],
		['principles', site.principles.length, () => count(site.principles.length, 'principle')],
		['modules', site.modules.length, () => count(site.modules.length, 'module')],
		['play', site.scenarios.length, () => count(site.scenarios.length, 'outage scenario')]
	];
	return sections.filter(([, size]) => size > 0).map(([id, , text]) => ({ id, text: text() }));
}

function topologyLines(topology: SiteTopology): BootLine[] {
	const { services, calls, flows, seed } = topology;
	if (!services.length) return [];
	const layers = new Set(services.map(({ layer }) => layer)).size;
	const named = flows.slice(0, flowsNamed);
	const rest = flows.length - named.length;
	return [
		{ health: 'ok', unit: 'seed', text: `${seed}; the same run on every machine` },
		{
			health: 'ok',
			unit: 'topology',
			text: `${count(services.length, 'service')} in ${count(layers, 'layer')}, ${count(calls.length, 'call')} wired`,
			href: '#topology'
		},
		...named.map(({ id, rate, userFacing }): BootLine => ({
			health: 'ok',
			unit: `flow/${id}`,
			text: `${formatRate(rate)} offered${userFacing === false ? ', nobody waits for it' : ''}`
		})),
		...(rest > 0
			? [{ health: 'ok', unit: 'flows', text: `${formatCount(rest)} more` } satisfies BootLine]
			: [])
	];
}

function measuredLines(topology: SiteTopology, reports: Report[]): BootLine[] {
	const latest = reports.at(-1);
	if (!latest) return [];
	return [
		{
			health: 'ok',
			unit: 'simulation',
			text: `${formatCount(latest.time)} s of traffic at build time`
		},
		...systemStatus(reports, topology.objective).figures.map(
			({ name, health, measured, promised }): BootLine => ({
				health,
				unit: name,
				text: `${measured}, ${promised}`
			})
		)
	];
}

/**
 * The boot log: what is wired, what it measured, what is mounted.
 * @param reports the last seconds the build simulated, oldest first; without them nothing is claimed about figures
 */
export function bootLines(
	topology: SiteTopology,
	reports: Report[],
	sections: MountedSection[] = []
): BootLine[] {
	return [
		{ health: 'ok', unit: 'init', text: 'initialising the system' },
		...topologyLines(topology),
		...measuredLines(topology, reports),
		...sections.map(({ id, text }): BootLine => ({
			health: 'ok',
			unit: `mount/${id}`,
			text,
			href: `#${id}`
		}))
	];
}
