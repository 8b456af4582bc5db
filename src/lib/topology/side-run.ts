import type { RunningSystem } from '$lib/platform';
import {
	checkChange,
	type Change,
	type Report,
	type ScheduledChange,
	type SimulationInput,
	type Trace,
	type TraceQuery
} from '$lib/simulation';

/**
 * A run beside the running system that anybody can repeat to the digit: the same system from rest, the same changes at
 * the same distances, looked at after so many seconds.
 */
export interface SideRun {
	changes: ScheduledChange[];
	/** Simulated seconds from rest until the moment that is looked at. */
	seconds: number;
}

/** From rest until the first change, so that caches are warm and queues are what they usually are. */
export const settling = 20;
/** What happened longer ago is run as if it had been then: nobody waits for an hour to be simulated. */
const longest = 300;
const maximumChanges = 60;

/** The run that ends as the running system is now. */
export function sideRunOf(system: Pick<RunningSystem, 'changes' | 'time'>): SideRun {
	const [first] = system.changes;
	const since = first ? Math.min(longest, system.time - first.atSeconds) : 0;
	return {
		changes: system.changes.slice(-maximumChanges).map(({ atSeconds, change }) => ({
			atSeconds: settling + Math.max(0, since - (system.time - atSeconds)),
			change
		})),
		seconds: settling + since
	};
}

/** A run that came from outside; undefined where it makes no sense. */
export function checkSideRun(raw: unknown, input: SimulationInput): SideRun | undefined {
	if (typeof raw !== 'object' || raw === null) return undefined;
	const { changes, seconds } = raw as Partial<SideRun>;
	const moment = (value: unknown) =>
		Number.isInteger(value) && Number(value) >= 0 && Number(value) <= settling + longest;
	if (!moment(seconds) || !Array.isArray(changes) || changes.length > maximumChanges)
		return undefined;
	const topology = { ...input.topology, flows: input.workload.flows };
	const sound = changes.every(
		(each: Partial<ScheduledChange> | null) =>
			moment(each?.atSeconds) &&
			typeof each?.change === 'object' &&
			checkChange(each.change, topology) === undefined
	);
	return sound ? { changes, seconds: seconds as number } : undefined;
}

export interface FoundRequest {
	trace: Trace;
	/** How many times the usual traffic it took until one failed; 1 where none did. */
	provokedBy: number;
}

/**
 * A request that fits. Where one that failed is wanted and none has, the traffic is multiplied until one does: what
 * would fail first is worth seeing.
 */
export async function findRequest(
	system: RunningSystem,
	{ changes, seconds }: SideRun,
	query: TraceQuery
): Promise<FoundRequest | undefined> {
	const port = await system.aside(changes);
	try {
		await port.advance(seconds);
		for (const factor of query.kind === 'failed' ? [1, 2, 4, 8] : [1, 1]) {
			const trace = await port.trace(query);
			if (trace) return { trace, provokedBy: factor };
			const surge = query.kind === 'failed' ? factor * 2 : 1;
			if (surge > 1)
				for (const { id } of system.input.workload.flows)
					await port.apply({ verb: 'burst', flow: id, factor: surge, seconds: 10 });
			await port.advance(10);
		}
		return undefined;
	} finally {
		port.close();
	}
}

/** What becomes of the system after the moment of a run, and after some changes then: a report for each second. */
export async function runOn(
	system: RunningSystem,
	{ changes, seconds }: SideRun,
	then: { after: number; changes: Change[]; seconds: number }
): Promise<Report[]> {
	const port = await system.aside(changes);
	try {
		await port.advance(seconds);
		const before = await port.advance(then.after);
		for (const change of then.changes) await port.apply(change);
		return [...before, ...(await port.advance(then.seconds))];
	} finally {
		port.close();
	}
}
