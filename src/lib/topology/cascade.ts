import type { Objective, SiteTopology } from '$lib/content';
import type { CallReport, Report, ServiceReport } from '$lib/simulation';
import { formatCount, formatLatency, formatRate, formatRatio } from '$lib/ui';

/** How a disturbance went through the system: what users get, then a sentence for each service that feels it. */
export interface Cascade {
	users: string;
	effects: { service: string; text: string }[];
}

/**
 * Explains what is different from before, from what was measured alone: nothing here knows what was broken, but for
 * the order of telling, which starts at the broken services and goes to those who wait for them.
 * @param before reports of the system as it was; what they say is averaged
 * @param now reports since, the latest few seconds
 */
export function cascadeOf(
	topology: SiteTopology,
	before: Report[],
	now: Report[],
	broken: string[]
): Cascade {
	const [was, is] = [averageOf(before), averageOf(now)];
	if (!was || !is) return { users: '', effects: [] };
	const nameOf = new Map(topology.services.map(({ id, name }) => [id, name]));
	const effects = inOrderOfTelling(topology, broken).flatMap((id) => {
		const [a, b] = [was.services[id], is.services[id]];
		const signs = a && b ? signsOf(a, b) : [];
		if (signs.length === 0) return [];
		const reasons = topology.calls
			.filter(({ from, mode }) => from === id && mode === 'sync')
			.flatMap((call) => {
				const reason = reasonOf(was.calls[call.id], is.calls[call.id]);
				return reason ? `${reason} ${nameOf.get(call.to) ?? call.to}` : [];
			});
		const because = reasons.length ? `: ${[...new Set(reasons)].slice(0, 2).join(', ')}` : '';
		return [{ service: id, text: `${nameOf.get(id) ?? id} ${signs.join(', ')}${because}.` }];
	});
	return { users: usersOf(topology.objective, was, is), effects };
}

/** Whether users get less than they were promised, over some reports. */
export function inBreach(objective: Objective, reports: Report[]): boolean {
	const is = averageOf(reports);
	return (
		!!is &&
		(is.p95Ms > objective.latencyMs ||
			is.errorRatio > objective.errorRatio ||
			is.throughput < objective.throughput)
	);
}

function usersOf(objective: Objective, was: Average, is: Average): string {
	const figures = `p95 ${formatLatency(is.p95Ms)} (was ${formatLatency(was.p95Ms)}), ${formatRatio(is.errorRatio)} errors (was ${formatRatio(was.errorRatio)}), ${formatRate(is.throughput)} (was ${formatRate(was.throughput)})`;
	const broken = [
		is.p95Ms > objective.latencyMs && 'latency',
		is.errorRatio > objective.errorRatio && 'errors',
		is.throughput < objective.throughput && 'throughput'
	].filter(Boolean);
	return broken.length
		? `Users feel it (${broken.join(', ')} outside the objective): ${figures}.`
		: `Users are within the objective: ${figures}.`;
}

function signsOf(was: ServiceReport, is: ServiceReport): string[] {
	const signs: string[] = [];
	if (is.replicas < was.replicas - 0.5)
		signs.push(`has ${Math.round(is.replicas)} of ${Math.round(was.replicas)} replicas left`);
	if (is.meanMs > was.meanMs * 1.5 && is.meanMs > was.meanMs + 3)
		signs.push(`answers in ${formatLatency(is.meanMs)}, was ${formatLatency(was.meanMs)}`);
	const [failing, failed] = [errorRatio(is), errorRatio(was)];
	if (failing > failed + 0.01) signs.push(`fails ${formatRatio(failing)} of its requests`);
	if (is.queueDepth > 5 && is.queueDepth > was.queueDepth * 3)
		signs.push(`keeps ${formatCount(is.queueDepth)} waiting`);
	if (is.utilisation > 0.95 && was.utilisation < 0.9) signs.push('has no worker free');
	if ((was.hitRatio ?? 0) - (is.hitRatio ?? 0) > 0.05)
		signs.push(
			`hits ${formatRatio(is.hitRatio ?? 0)} of the time, was ${formatRatio(was.hitRatio ?? 0)}`
		);
	if ((is.lag ?? 0) > (was.lag ?? 0) + 50) signs.push(`lags by ${formatCount(is.lag ?? 0)}`);
	if (was.arrived > 1 && is.arrived < was.arrived * 0.7)
		signs.push(`is asked only ${formatRatio(is.arrived / was.arrived)} as often`);
	else if (was.arrived > 1 && is.arrived > was.arrived * 1.3)
		signs.push(`is asked ${(is.arrived / was.arrived).toFixed(1)} times as often`);
	return signs;
}

function reasonOf(was: CallReport | undefined, is: CallReport | undefined): string | undefined {
	if (!was || !is) return undefined;
	if (is.attempts > 0 && is.errors / is.attempts > 0.05 + was.errors / Math.max(1, was.attempts))
		return `${formatRatio(Math.min(1, is.errors / is.attempts))} of its calls fail to`;
	if (is.poolWaitMs > 5 && is.poolWaitMs > was.poolWaitMs * 2)
		return `it waits ${formatLatency(is.poolWaitMs)} for a connection to`;
	if (is.retries > was.retries + 0.1 * is.attempts)
		return `${formatRatio(is.retries / is.attempts)} of its calls are retries to`;
	if (is.meanMs > was.meanMs * 1.5 && is.meanMs > was.meanMs + 3) return 'it waits for';
	return undefined;
}

function errorRatio({ completed, errors }: ServiceReport): number {
	return completed + errors === 0 ? 0 : errors / (completed + errors);
}

/** The broken ones, then who calls them, then who calls those; the rest in the order of the topology. */
function inOrderOfTelling({ services, calls }: SiteTopology, broken: string[]): string[] {
	const told = new Set(broken);
	for (const id of told) for (const { from, to } of calls) if (to === id) told.add(from);
	for (const { id } of services) told.add(id);
	return [...told];
}

type Average = Pick<Report, 'p95Ms' | 'errorRatio' | 'throughput' | 'services' | 'calls'>;

/** Means over reports that tell of services; the last ten of them. */
function averageOf(reports: Report[]): Average | undefined {
	const telling = reports.filter(({ services }) => Object.keys(services).length > 0).slice(-10);
	const [first] = telling;
	if (!first) return undefined;
	const mean = <Part extends object>(parts: Part[]): Part =>
		Object.fromEntries(
			Object.entries(parts[0] ?? {}).map(([name, value]) => [
				name,
				typeof value === 'number'
					? parts.reduce((sum, part) => sum + Number(part[name as keyof Part] ?? 0), 0) /
						parts.length
					: value
			])
		) as Part;
	const each = <Part extends object>(of: (report: Report) => Record<string, Part>) =>
		Object.fromEntries(
			Object.keys(of(first)).map((id) => [
				id,
				mean(telling.map((report) => of(report)[id]).filter((part) => part !== undefined))
			])
		);
	const { p95Ms, errorRatio, throughput } = mean(telling);
	return {
		p95Ms,
		errorRatio,
		throughput,
		services: each((report) => report.services),
		calls: each((report) => report.calls)
	};
}
