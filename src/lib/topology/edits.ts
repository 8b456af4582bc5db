import type { SiteTopology } from '$lib/content';
import { checkTopology, type Service } from '$lib/simulation';

/** What a visitor may set of a service by hand. */
export type ServiceEdit = Partial<Pick<Service, 'kind' | 'layer' | 'replicas' | 'workers'>> & {
	meanMs?: number;
};

export type Edited = { topology: SiteTopology } | { problem: string };

/** A service set otherwise; what its new kind needs comes with a sensible value. */
export function editService(topology: SiteTopology, id: string, edit: ServiceEdit): Edited {
	const { meanMs, ...settings } = edit;
	return checked({
		...topology,
		services: topology.services.map((service) => {
			if (service.id !== id) return service;
			const set = {
				...service,
				...settings,
				...(meanMs !== undefined && { serviceTime: { ...service.serviceTime, meanMs } })
			};
			if (edit.kind === undefined || edit.kind === service.kind) return set;
			const { cache, topics, ...rest } = set;
			return {
				...rest,
				...(edit.kind === 'cache' && {
					cache: cache ?? {
						keys: 10_000,
						skew: 1,
						capacity: 5000,
						ttlSeconds: 300,
						coalesce: true,
						warm: 1
					}
				}),
				...(edit.kind === 'broker' && { topics: topics ?? { events: { partitions: 6 } } })
			};
		})
	});
}

/** Without a service, its calls, the flows that would begin there, and the calls that only those made. */
export function removeService(topology: SiteTopology, id: string): Edited {
	const flows = topology.flows.filter(({ entry }) => entry !== id);
	const left = new Set(flows.map((flow) => flow.id));
	const calls = topology.calls.flatMap((call) => {
		if (call.from === id || call.to === id) return [];
		if (!call.flows) return [call];
		const made = call.flows.filter((flow) => left.has(flow));
		return made.length ? [{ ...call, flows: made }] : [];
	});
	return checked({
		...topology,
		services: topology.services.filter((service) => service.id !== id),
		calls,
		flows
	});
}

export function removeCall(topology: SiteTopology, id: string): Edited {
	return checked({ ...topology, calls: topology.calls.filter((call) => call.id !== id) });
}

/** One call more between two services. */
export function addCall(
	topology: SiteTopology,
	from: string,
	to: string,
	mode: 'sync' | 'async'
): Edited {
	const taken = new Set(topology.calls.map(({ id }) => id));
	let id = `${from}>${to}`;
	for (let number = 2; taken.has(id); number++) id = `${from}>${to}#${number}`;
	const broker = topology.services.find(
		(service) => (service.id === to || service.id === from) && service.kind === 'broker'
	);
	const [topic] = Object.keys(broker?.topics ?? {});
	return checked({
		...topology,
		calls: [
			...topology.calls,
			{
				id,
				from,
				to,
				mode,
				...(topic !== undefined && { topic }),
				...(broker?.id === from && { group: to })
			}
		]
	});
}

function checked(topology: SiteTopology): Edited {
	const [first] = checkTopology(topology, topology);
	return first
		? { problem: `${first.path}: ${first.message}; expected ${first.expected}.` }
		: { topology };
}
