import type { ImportNote } from './imported';
import { keyOf, labelsOf, type KubernetesObject } from './kubernetes-objects';
import { entriesIn, field, listIn, textIn } from './values';

/** Workload keys by `namespace/service name`. */
export type Hosts = Map<string, string>;

/** The workload behind a host name, as a pod of a namespace resolves it. */
export function lookUp(hosts: Hosts, host: string, namespace: string): string | undefined {
	const [first = '', second = '', third = ''] = host.split('.');
	if (second === '') return hosts.get(`${namespace}/${first}`);
	// The last is a pod of a StatefulSet: kafka-0.kafka.namespace.svc.
	return (
		hosts.get(`${second}/${first}`) ?? hosts.get(`${third === '' ? namespace : third}/${second}`)
	);
}

/** Which Service leads to which workload, by its selector; of several workloads, the first. */
export function hostNames(
	objects: KubernetesObject[],
	workloads: KubernetesObject[],
	notes: ImportNote[]
): Hosts {
	const byLabel = new Map<string, KubernetesObject[]>();
	for (const workload of workloads)
		for (const [label, value] of entriesIn(labelsOf(workload))) {
			const key = `${workload.namespace}/${label}=${textIn(value) ?? ''}`;
			const list = byLabel.get(key);
			if (list) list.push(workload);
			else byLabel.set(key, [workload]);
		}
	const hosts: Hosts = new Map();
	for (const service of objects) {
		if (service.kind !== 'Service') continue;
		const host = `${service.namespace}/${service.name.toLowerCase()}`;
		if (field(service.body, 'spec', 'type') === 'ExternalName') hosts.set(host, keyOf(service));
		const selector = entriesIn(field(service.body, 'spec', 'selector')).map(
			([label, value]) => `${service.namespace}/${label}=${textIn(value) ?? ''}`
		);
		if (selector.length === 0) continue;
		const lists = selector.map((key) => byLabel.get(key) ?? []);
		const fewest = lists.reduce((least, list) => (list.length < least.length ? list : least));
		const found = fewest.filter((workload) => {
			const labels = labelsOf(workload);
			return selector.every((key) => {
				const [label = '', value] = key.slice(service.namespace.length + 1).split(/=([\s\S]*)/);
				return textIn(field(labels, label)) === value;
			});
		});
		const [first] = found;
		const place = service.placeOf(['metadata', 'name']);
		if (first) hosts.set(host, keyOf(first));
		else
			notes.push({ ...place, message: `Service ${service.name} selects no workload of this text` });
		if (first && found.length > 1) {
			const message = `Service ${service.name} selects ${found.length} workloads: calls go to ${first.name}`;
			notes.push({ ...place, message });
		}
	}
	return hosts;
}

/** Workloads that are reached from outside, with a clause on why. */
export function entrancesOf(objects: KubernetesObject[], hosts: Hosts): Map<string, string> {
	const entrances = new Map<string, string>();
	const open = (object: KubernetesObject, service: string | undefined, because: string) => {
		const key = service === undefined ? undefined : lookUp(hosts, service, object.namespace);
		if (key !== undefined && !entrances.has(key)) entrances.set(key, because);
	};
	for (const object of objects) {
		const { kind, body, name } = object;
		const type = textIn(field(body, 'spec', 'type'));
		if (kind === 'Service' && (type === 'LoadBalancer' || type === 'NodePort'))
			open(object, name.toLowerCase(), `its Service is a ${type}`);
		if (kind === 'Ingress') {
			const paths = listIn(field(body, 'spec', 'rules')).flatMap((rule) =>
				listIn(field(rule, 'http', 'paths')).map((path) => field(path, 'backend'))
			);
			const fallbacks = [field(body, 'spec', 'defaultBackend'), field(body, 'spec', 'backend')];
			for (const backend of [...paths, ...fallbacks]) {
				const service = field(backend, 'service', 'name') ?? field(backend, 'serviceName');
				open(object, textIn(service), `Ingress ${name} leads to it`);
			}
		}
		if (kind === 'HTTPRoute' || kind === 'GRPCRoute')
			for (const rule of listIn(field(body, 'spec', 'rules')))
				for (const backend of listIn(field(rule, 'backendRefs')))
					open(object, textIn(field(backend, 'name')), `${kind} ${name} leads to it`);
	}
	return entrances;
}
