import type { SiteTopology } from '$lib/content';
import type { Command, CommandResult, RunningSystem } from '$lib/platform';
import { layers, type Trace } from '$lib/simulation';
import { formatLatency, formatRate, formatRatio, lines } from '$lib/ui';
import { transcript } from './replay';
import { healthWords, serviceHealth } from './service-health';

const ok = (...output: string[]): CommandResult => ({ output: lines(...output), exitCode: 0 });
const refuse = (error: string, exitCode: 1 | 2 = 2): CommandResult => ({
	output: '',
	error: `${error}\n`,
	exitCode
});

/** Columns wide enough for what they hold, numbers to the right. */
function table(rows: string[][], right: number[] = []): string[] {
	const widths =
		rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
	return rows.map((row) =>
		row
			.map((cell, column) =>
				right.includes(column)
					? cell.padStart(widths[column] ?? 0)
					: cell.padEnd(widths[column] ?? 0)
			)
			.join('  ')
	);
}

export function topologyCommands({
	topology,
	system
}: {
	topology: SiteTopology;
	system: RunningSystem;
}): Command[] {
	const ids = topology.services.map(({ id }) => id);
	const flows = topology.flows.map(({ id }) => id);
	const nameOf = (id: string) => topology.services.find((each) => each.id === id)?.name ?? id;

	function list(args: string[]): CommandResult {
		const at = args.indexOf('--layer');
		const layer = at >= 0 ? args[at + 1] : undefined;
		if (at >= 0 && !layers.some((each) => each === layer))
			return refuse(`topology ls: --layer takes one of ${layers.join(', ')}`);
		const rows = topology.services
			.filter((service) => !layer || service.layer === layer)
			.map((service) => [
				service.id,
				service.layer,
				service.kind,
				healthWords[serviceHealth(system.latest?.services[service.id])]
			]);
		return ok(...table([['SERVICE', 'LAYER', 'KIND', 'HEALTH'], ...rows]));
	}

	function top(): CommandResult {
		const report = system.latest;
		if (!report) return refuse('topology top: nothing has been measured yet', 1);
		const rows = Object.entries(report.services)
			.sort(([, a], [, b]) => b.utilisation - a.utilisation)
			.map(([id, each]) => [
				id,
				formatRate(each.arrived),
				formatRatio(each.utilisation),
				each.queueDepth.toFixed(1),
				formatLatency(each.p95Ms),
				formatRate(each.errors)
			]);
		return ok(
			...table(
				[['SERVICE', 'ARRIVALS', 'BUSY', 'WAITING', 'P95', 'ERRORS'], ...rows],
				[1, 2, 3, 4, 5]
			)
		);
	}

	function show(id: string | undefined): CommandResult {
		const service = topology.services.find((each) => each.id === id);
		if (!service)
			return refuse(
				`topology show: ${id ? `there is no service ${id}` : 'which service?'} (${ids.join(', ')})`,
				id ? 1 : 2
			);
		const report = system.latest?.services[service.id];
		const calls = topology.calls.filter(({ from }) => from === service.id).map(({ to }) => to);
		return ok(
			`${service.name} (${service.layer}, ${service.technology ?? service.kind})`,
			service.role,
			`replicas ${report?.replicas ?? service.replicas}, workers ${service.workers || 'without limit'}`,
			...(report
				? [
						`now ${formatRate(report.arrived)}, p95 ${formatLatency(report.p95Ms)}, busy ${formatRatio(report.utilisation)}, ${healthWords[serviceHealth(report)]}`
					]
				: []),
			...(calls.length ? [`calls ${[...new Set(calls)].join(', ')}`] : [])
		);
	}

	async function trace(args: string[]): Promise<CommandResult> {
		const flow = args.find((arg) => !arg.startsWith('-')) ?? flows[0];
		if (!flow || !flows.includes(flow))
			return refuse(`topology trace: there is no flow ${flow ?? ''} (${flows.join(', ')})`, 1);
		const kind = args.includes('--failed') ? 'failed' : args.includes('--slow') ? 'p95' : 'p50';
		let found: Trace | undefined;
		try {
			found = await system.trace({ flow, kind });
		} catch (error) {
			return refuse(`topology trace: ${error instanceof Error ? error.message : String(error)}`, 1);
		}
		if (!found) return refuse(`topology trace: no such request has been seen lately`, 1);
		const rows = transcript(found, nameOf).map(({ at, text }) => [formatLatency(at), text]);
		return ok(`${flow}: ${formatLatency(found.durationMs)}, ${found.outcome}`, ...table(rows, [0]));
	}

	return [
		{
			name: 'topology',
			summary: 'the running system: services, figures, traces',
			usage:
				'topology [ls [--layer LAYER] | show SERVICE | trace [FLOW] [--slow | --failed] | top]',
			complete(words) {
				if (words.length <= 1) return ['ls', 'show', 'trace', 'top'];
				if (words[0] === 'show') return ids;
				if (words[0] === 'trace') return [...flows, '--slow', '--failed'];
				if (words[0] === 'ls') return words.includes('--layer') ? [...layers] : ['--layer'];
				return [];
			},
			run([verb = 'ls', ...args]) {
				if (verb === 'ls') return list(args);
				if (verb === 'show') return show(args[0]);
				if (verb === 'trace') return trace(args);
				if (verb === 'top') return top();
				return refuse(`topology: ${verb} is none of ls, show, trace, top`);
			}
		}
	];
}
