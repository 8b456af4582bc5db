import { Document, isMap, visit } from 'yaml';
import type { SiteTopology } from '$lib/content';

/** A topology in the format of `src/content/topology.yaml`; reading it gives the same topology. */
export function topologyYaml(topology: SiteTopology): string {
	const { title, summary, seed, objective, services, calls, flows } = topology;
	const document = new Document(
		{ title, summary, seed, objective, services, calls, flows },
		{ aliasDuplicateObjects: false }
	);
	// What is a setting of something is easier to read on its line.
	visit(document, {
		Map(_key, node, path) {
			const depth = path.filter(isMap).length;
			if (depth > 1 || path.some((each) => 'key' in each && String(each.key) === 'objective'))
				node.flow = true;
		}
	});
	return document.toString({ lineWidth: 100 });
}
