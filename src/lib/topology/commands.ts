import type { SiteTopology } from '$lib/content';
import type { Command, CommandResult, RunningSystem } from '$lib/platform';
import { layers } from '$lib/simulation';
import { formatLatency, formatRate, formatRatio } from '$lib/ui';
import { breakCommand, breakVerbsOf } from './break-commands';
import { callRules } from './call-rules';
import { callTreeOf, type CallTree } from './call-tree';
import { ok, refuse, table } from './command-output';
import { replay, trace } from './replay-commands';
import { healthWords, serviceHealth } from './service-health';

export function topologyCommands({
	topology,
	system
}: {
	topology: SiteTopology;
	system: RunningSystem;
}): Command[] {
	const ids = topology.services.map(({ id }) => id);
	const flows = topology.flows.map(({ id }) => id);

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

	function tree(flow: string | undefined): CommandResult {
		const found = (flow ? [flow] : flows).map((id) => [id, callTreeOf(topology, id)] as const);
		const unknown = found.find(([, each]) => !each);
		if (unknown)
			return refuse(`topology tree: there is no flow ${unknown[0]} (${flows.join(', ')})`, 1);
		return ok(...found.flatMap(([id, each]) => (each ? [`${id}:`, ...branches(each, '')] : [])));
	}

	function branches({ service, call, again, calls }: CallTree, indent: string): string[] {
		const rules = call ? callRules(call).join(', ') : '';
		const note = [rules, again && 'as above'].filter(Boolean).join('; ');
		return [
			`${indent}${service}${note ? `  (${note})` : ''}`,
			...calls.flatMap((each) => branches(each, `${indent}  `))
		];
	}

	const verbs: Record<string, (args: string[]) => CommandResult | Promise<CommandResult>> = {
		ls: list,
		show: ([id]) => show(id),
		tree: ([flow]) => tree(flow),
		trace: (args) => trace(topology, system, args),
		replay: (args) => replay(topology, system, args),
		top,
		...breakVerbsOf(topology, system)
	};

	return [
		{
			name: 'topology',
			summary: 'the running system: services, figures, requests, and ways to break it',
			usage: [
				'topology ls [--layer LAYER] | show SERVICE | tree [FLOW] | top',
				'topology trace [FLOW] [--slow | --failed]',
				'topology replay FLOW [--slow | --failed] [--at MS] | replay play|pause|step|back|close',
				...breakCommand.usage.map((line) => `topology ${line}`)
			].join('\n'),
			complete(words) {
				const [verb = ''] = words;
				if (words.length === 0) return Object.keys(verbs);
				if (['show', ...breakCommand.onServices].includes(verb)) return ids;
				if (verb === 'load') return ['all', ...flows];
				if (verb === 'tree') return flows;
				if (verb === 'undo') return ['--all'];
				if (verb === 'trace') return [...flows, '--slow', '--failed'];
				if (verb === 'replay')
					return [...flows, '--slow', '--failed', '--at', 'play', 'pause', 'step', 'back', 'close'];
				if (verb === 'ls') return words.includes('--layer') ? [...layers] : ['--layer'];
				return [];
			},
			run([verb = 'ls', ...args]) {
				const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
				return (
					run?.(args) ?? refuse(`topology: ${verb} is none of ${Object.keys(verbs).join(', ')}`)
				);
			}
		}
	];
}
