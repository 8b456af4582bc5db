import type { SiteTopology } from '$lib/content';
import type { CommandResult, RunningSystem } from '$lib/platform';
import type { Trace, TraceQuery } from '$lib/simulation';
import { formatLatency } from '$lib/ui';
import { ok, refuse, table } from './command-output';
import { transcript } from './replay';
import { RequestReplay } from './request-replay.svelte';
import { findRequest, sideRunOf } from './side-run';

interface Wanted {
	flow: string;
	kind: TraceQuery['kind'];
	/** Milliseconds into the request, where one was given. */
	at?: number;
}

function wantedOf({ flows }: SiteTopology, args: string[]): Wanted | string {
	const rest = [...args];
	const at = rest.indexOf('--at');
	const moment = at >= 0 ? rest.splice(at, 2)[1] : undefined;
	const ids = flows.map(({ id }) => id);
	const flow = rest.find((arg) => !arg.startsWith('-')) ?? ids[0];
	if (!flow || !ids.includes(flow)) return `there is no flow ${flow ?? ''} (${ids.join(', ')})`;
	if (at >= 0 && !(Number(moment) >= 0)) return '--at takes milliseconds since the request began';
	const kind = rest.includes('--failed') ? 'failed' : rest.includes('--slow') ? 'p95' : 'p50';
	return { flow, kind, ...(at >= 0 && { at: Number(moment) }) };
}

function story({ services }: SiteTopology, found: Trace, until = Infinity): string[] {
	const nameOf = (id: string) => services.find((each) => each.id === id)?.name ?? id;
	const told = transcript(found, nameOf).filter(({ at }) => at <= until);
	return [
		`${found.flow}: ${formatLatency(found.durationMs)}, ${found.outcome}`,
		...table(
			told.map(({ at, text }) => [formatLatency(at), text]),
			[0]
		)
	];
}

/** Prints a request of the system as it is now, span by span. */
export async function trace(
	topology: SiteTopology,
	system: RunningSystem,
	args: string[]
): Promise<CommandResult> {
	const wanted = wantedOf(topology, args);
	if (typeof wanted === 'string') return refuse(`topology trace: ${wanted}`, 1);
	try {
		const found = await findRequest(system, sideRunOf(system), wanted);
		if (!found) return refuse('topology trace: no such request was seen', 1);
		const { provokedBy } = found;
		return ok(
			...story(topology, found.trace),
			...(provokedBy > 1
				? [`nothing fails as things are; this took ${provokedBy} times the traffic`]
				: [])
		);
	} catch (error) {
		return refuse(`topology trace: ${error instanceof Error ? error.message : String(error)}`, 1);
	}
}

/** Works the page's replay: the same request, the same clock. */
export async function replay(
	topology: SiteTopology,
	system: RunningSystem,
	args: string[]
): Promise<CommandResult> {
	const shown = RequestReplay.of(system);
	const controls: Record<string, () => void> = {
		play: () => shown.play(),
		pause: () => shown.pause(),
		step: () => shown.step(1),
		back: () => shown.step(-1),
		close: () => shown.close()
	};
	const control = args[0] && Object.hasOwn(controls, args[0]) ? controls[args[0]] : undefined;
	if (control) {
		if (!shown.trace) return refuse('topology replay: no request is being replayed', 1);
		control();
	} else {
		const wanted = wantedOf(topology, args);
		if (typeof wanted === 'string') return refuse(`topology replay: ${wanted}`, 1);
		await shown.start({ ...wanted, run: sideRunOf(system) }, wanted.at);
		if (!shown.trace) return refuse(`topology replay: ${shown.message}`, 1);
	}
	if (!shown.trace) return ok('closed');
	return ok(
		...story(topology, shown.trace, shown.playing ? undefined : shown.at),
		shown.playing
			? 'playing on the map'
			: `at ${formatLatency(shown.at)} of ${formatLatency(shown.length)}`
	);
}
