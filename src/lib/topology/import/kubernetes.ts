import type { Autoscaling } from '$lib/simulation';
import { assemble } from './assemble';
import { draftAll, maximumServices, topicIn, type DraftService, type Mention } from './draft';
import { commandWords, hostsIn, hostsInCommand } from './hosts';
import type { ImportNote, ImportResult } from './imported';
import { keyOf, objectsOf, podPath, type KubernetesObject } from './kubernetes-objects';
import { entrancesOf, hostNames, lookUp, type Hosts } from './kubernetes-routes';
import { settingsOf } from './kubernetes-settings';
import { templateMessage, type YamlSource } from './source';
import { countIn, cpusIn, field, listIn, textIn } from './values';

const used = new Set([
	...['Service', 'ConfigMap', 'HorizontalPodAutoscaler', 'Ingress', 'HTTPRoute', 'GRPCRoute']
]);
const sidecars = /(istio-proxy|linkerd-proxy|cloud-sql-proxy|cloudsql-proxy|vault-agent|exporter)/;

/** A topology of the workloads of Kubernetes manifests. Never throws. */
export function importKubernetes(sources: YamlSource[]): ImportResult {
	const notes: ImportNote[] = [];
	const objects = objectsOf(sources, notes);
	const template = objects.find(
		({ name, kind, body }) =>
			name.includes('{{') || kind.includes('{{') || imageOf(body).includes('{{')
	);
	if (template) {
		const place = template.placeOf(['metadata', 'name']);
		return { ok: false, problems: [{ ...place, message: templateMessage(place.line) }] };
	}
	const workloads: KubernetesObject[] = [];
	const unused = new Map<string, { first: KubernetesObject; count: number }>();
	for (const object of objects) {
		if (object.kind === 'Job' || object.kind === 'CronJob') {
			const message = `${object.name} is a ${object.kind}, which does not keep running: left out`;
			notes.push({ ...object.placeOf(['metadata', 'name']), message });
		} else if (podPath(object)) workloads.push(object);
		else if (!used.has(object.kind)) {
			const seen = unused.get(object.kind);
			if (seen) seen.count++;
			else unused.set(object.kind, { first: object, count: 1 });
		}
	}
	for (const [kind, { first, count }] of unused)
		notes.push({ ...first.placeOf(['kind']), message: `${count} of kind ${kind}: not used` });
	if (workloads.length > maximumServices) {
		const message = `${workloads.length} workloads; at most ${maximumServices} are read`;
		return { ok: false, problems: [{ line: 1, column: 1, message }] };
	}
	const hosts = hostNames(objects, workloads, notes);
	const entrances = entrancesOf(objects, hosts);
	const configs = new Map(
		objects
			.filter(({ kind }) => kind === 'ConfigMap')
			.map(({ name, namespace, body }) => [`${namespace}/${name}`, field(body, 'data')])
	);
	const autoscalers = new Map<string, Autoscaling>();
	for (const object of objects)
		if (object.kind === 'HorizontalPodAutoscaler') {
			const scaling = autoscalingOf(object.body);
			const target = textIn(field(object.body, 'spec', 'scaleTargetRef', 'name'));
			if (scaling && target !== undefined)
				autoscalers.set(`${object.namespace}/${target}`, scaling);
			else
				notes.push({
					...object.placeOf(['spec']),
					message: `${object.name} is not understood: left out`
				});
		}
	const drafts = draftAll(workloads, (workload) =>
		draftOf(workload, hosts, entrances, configs, autoscalers)
	);
	return assemble('kubernetes', drafts && [...drafts, ...outsideOf(objects)], notes);
}

function imageOf(body: unknown): string {
	const [first] = listIn(field(body, 'spec', 'template', 'spec', 'containers'));
	return textIn(field(first, 'image')) ?? '';
}

function draftOf(
	workload: KubernetesObject,
	hosts: Hosts,
	entrances: Map<string, string>,
	configs: Map<string, unknown>,
	autoscalers: Map<string, Autoscaling>
): DraftService {
	const { name, namespace, body, kind } = workload;
	const path = podPath(workload) ?? [];
	const containers = listIn(field(body, ...path, 'containers'));
	const found = containers.findIndex((each) => !sidecars.test(textIn(field(each, 'image')) ?? ''));
	const main = Math.max(0, found);
	const container = containers[main];
	const image = textIn(field(container, 'image'));
	const key = keyOf(workload);
	const place = workload.placeOf(['metadata', 'name']);
	const words = [
		...commandWords(field(container, 'command')),
		...commandWords(field(container, 'args'))
	];
	const settings = settingsOf(workload, container, [...path, 'containers', main], configs);
	const mentions: Mention[] = [];
	const mention = (host: string, rest: Omit<Mention, 'to'>) => {
		const to = lookUp(hosts, host, namespace);
		if (to !== undefined && to !== key) mentions.push({ to, ...rest });
	};
	for (const { setting, value, place } of settings)
		for (const host of hostsIn(setting, value))
			mention(host, { place, because: `${setting} names it`, setting });
	for (const { host, flag } of hostsInCommand(words))
		mention(host, {
			place: workload.placeOf([...path, 'containers', main, 'args']),
			because: 'its command names it',
			setting: flag
		});
	const autoscaling = autoscalers.get(`${namespace}/${name}`);
	const replicas =
		countIn(field(body, 'spec', 'replicas')) ?? (autoscaling ? autoscaling.minimum : undefined);
	const cpus =
		cpusIn(field(container, 'resources', 'limits', 'cpu')) ??
		cpusIn(field(container, 'resources', 'requests', 'cpu'));
	const entry = entrances.get(key);
	const topic = settings.map((each) => topicIn(each.setting, each.value)).find((each) => each);
	return {
		key,
		clues: {
			name,
			command: words.join(' '),
			ports: listIn(field(container, 'ports')).map((port) => Number(field(port, 'containerPort'))),
			published: entry !== undefined,
			...(image === undefined ? {} : { image })
		},
		place,
		role: `${kind}${image === undefined ? '' : ` of ${image.slice(0, 120)}`}.`,
		...(replicas === undefined ? {} : { replicas }),
		...(cpus === undefined ? {} : { cpus }),
		...(autoscaling === undefined ? {} : { autoscaling }),
		...(entry === undefined ? {} : { entry }),
		...(topic === undefined ? {} : { topic }),
		mentions
	};
}

/** Names for systems outside the cluster. */
function outsideOf(objects: KubernetesObject[]): DraftService[] {
	return objects
		.filter(
			({ kind, body }) => kind === 'Service' && field(body, 'spec', 'type') === 'ExternalName'
		)
		.map((service) => ({
			key: keyOf(service),
			clues: { name: service.name },
			place: service.placeOf(['metadata', 'name']),
			role: `Outside the cluster: ${textIn(field(service.body, 'spec', 'externalName')) ?? ''}.`,
			external: true,
			mentions: []
		}));
}

function autoscalingOf(body: unknown): Autoscaling | undefined {
	const maximum = countIn(field(body, 'spec', 'maxReplicas'));
	if (maximum === undefined) return undefined;
	const cpu = listIn(field(body, 'spec', 'metrics'))
		.map((metric) => field(metric, 'resource', 'target', 'averageUtilization'))
		.find((value) => typeof value === 'number');
	const percent = Number(cpu ?? field(body, 'spec', 'targetCPUUtilizationPercentage') ?? 80);
	return {
		metric: 'utilisation',
		target: Number.isFinite(percent) ? Math.min(1, Math.max(0.01, percent / 100)) : 0.8,
		minimum: Math.min(maximum, countIn(field(body, 'spec', 'minReplicas')) ?? 1),
		maximum,
		everySeconds: 15,
		scaleInAfterSeconds: 300
	};
}
