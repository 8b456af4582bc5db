import { checkTopology } from '../simulation';
import { parseFile } from './parse';
import type { Problem } from './problems';
import { topology as schema } from './schema/topology';
import type { SiteTopology } from './site';
import { problemAt, validate } from './validate';

/** A topology file's text as the topology it describes, or all that is wrong with it. Pure: reads no disk. */
export function readTopology(
	file: string,
	text: string
): { topology: SiteTopology } | { problems: Problem[] } {
	const parsed = parseFile(file, text);
	const result = validate(parsed, schema);
	if ('problems' in result) return result;
	const { services, calls, flows, ...rest } = result.value;
	const topology = { ...rest, services: services ?? [], calls: calls ?? [], flows: flows ?? [] };
	const problems = checkTopology(topology, topology).map(({ path, message, expected }) =>
		problemAt(parsed, path.split(/[.[\]]+/).filter(Boolean), `${message}; expected ${expected}`)
	);
	return problems.length > 0 ? { problems } : { topology };
}
