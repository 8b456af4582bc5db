import { errorCauses } from '../simulation';

/** What names can refer to. */
export interface Named {
	services: { id: string }[];
	calls: { id: string }[];
	flows: { id: string }[];
}

const ofRun = ['p95', 'mean', 'errorRatio', 'throughput', 'offered', 'failed', 'inFlight'];
const ofService =
	/^(arrived|completed|errors|utilisation|queueDepth|inFlight|replicas|meanMs|p95Ms|hitRatio|lag|ageSeconds)$/;
const ofCall = /^(attempts|retries|errors|meanMs|poolWaitMs)$/;
const ofFlow = /^(offered|completed|errors|meanMs|p50Ms|p95Ms|p99Ms)$/;

/** Why a name such as `service.cache.hitRatio` is no figure of a run of this topology; undefined where it is one. */
export function figureProblem(name: string, topology: Named): string | undefined {
	const [kind = '', id = '', field = '', ...rest] = name.split('.');
	const known = (ids: { id: string }[], fields: RegExp) =>
		rest.length === 0 && ids.some((each) => each.id === id) && fields.test(field);
	const fits =
		ofRun.includes(name) ||
		(kind === 'errors' && field === '' && errorCauses.some((cause) => cause === id)) ||
		(kind === 'service' && known(topology.services, ofService)) ||
		(kind === 'call' && known(topology.calls, ofCall)) ||
		(kind === 'flow' && known(topology.flows, ofFlow));
	return fits
		? undefined
		: `there is no figure "${name}"; expected one such as p95, errors.timeout, service.cache.hitRatio, call.api>cache.poolWaitMs or flow.read.errors, with names of this topology`;
}
