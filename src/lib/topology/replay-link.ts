import type { SimulationInput, TraceQuery } from '$lib/simulation';
import { checkSideRun, settling, type SideRun } from './side-run';

/** Which request a replay shows, and the run that it is taken from. */
export interface ReplayQuery {
	flow: string;
	kind: TraceQuery['kind'];
	run: SideRun;
}

export interface LinkedReplay extends ReplayQuery {
	/** Milliseconds into the request. */
	at: number;
}

export const replayKinds = ['p50', 'p95', 'failed'] as const;
const longestLink = 20_000;

/** The part of an address behind `#` that shows a replay at a moment: `replay=booking&t=1420`. */
export function replayHash({ flow, kind, run, at }: LinkedReplay): string {
	const parts = new URLSearchParams({ replay: flow });
	if (kind !== 'p50') parts.set('kind', kind);
	if (at > 0) parts.set('t', String(Math.round(at)));
	if (run.changes.length || run.seconds !== settling) parts.set('run', JSON.stringify(run));
	return parts.toString();
}

/**
 * Reads what {@link replayHash} wrote. Untrusted: anybody may have written it.
 * @returns undefined where the hash is about something else
 */
export function readReplayHash(
	hash: string,
	input: SimulationInput
): LinkedReplay | { problem: string } | undefined {
	const parts = new URLSearchParams(hash.replace(/^#/, ''));
	const flow = parts.get('replay');
	if (flow === null) return undefined;
	if (hash.length > longestLink) return { problem: 'This link is longer than any replay.' };
	const flows = input.workload.flows.map(({ id }) => id);
	if (!flows.includes(flow))
		return { problem: `This link replays a flow that is not here; there are ${flows.join(', ')}.` };
	const kind = replayKinds.find((each) => each === (parts.get('kind') ?? 'p50'));
	const at = Number(parts.get('t') ?? 0);
	const run = readRun(parts.get('run'), input);
	if (!kind || !(at >= 0 && at < 3_600_000) || !run)
		return { problem: 'This link to a replay is damaged. Another request can be replayed below.' };
	return { flow, kind, at, run };
}

function readRun(text: string | null, input: SimulationInput): SideRun | undefined {
	if (text === null) return { changes: [], seconds: settling };
	try {
		return checkSideRun(JSON.parse(text), input);
	} catch {
		return undefined;
	}
}
