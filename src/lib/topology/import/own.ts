import { readTopology } from '$lib/content';
import type { ImportResult } from './imported';

/** A text in the format of `src/content/topology.yaml`: nothing in it has to be guessed. */
export function importOwn(text: string): ImportResult {
	const result = readTopology('topology.yaml', text);
	return 'topology' in result
		? {
				ok: true,
				imported: { format: 'fournines', topology: result.topology, guesses: [], notes: [] }
			}
		: {
				ok: false,
				problems: result.problems.map(({ line, column = 1, field, message }) => ({
					line,
					column,
					message: field ? `${field}: ${message}` : message
				}))
			};
}
