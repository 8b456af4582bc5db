import { importCompose } from './compose';
import type { ImportFormat, ImportResult } from './imported';
import { importKubernetes } from './kubernetes';
import { importOwn } from './own';
import { readDocuments, type YamlSource } from './source';
import { field, isMapping, textIn } from './values';

/** Which format the documents are of; undefined for none that is read. */
export function detectFormat(sources: YamlSource[]): ImportFormat | undefined {
	for (const { data } of sources) {
		if (
			textIn(field(data, 'apiVersion')) !== undefined &&
			textIn(field(data, 'kind')) !== undefined
		)
			return 'kubernetes';
		const services = field(data, 'services');
		if (Array.isArray(services)) return 'fournines';
		if (isMapping(services)) return 'compose';
	}
	return undefined;
}

/** A topology from a visitor's text: Docker Compose, Kubernetes manifests, or our own YAML; JSON does as well. Never throws. */
export function importTopology(text: string): ImportResult {
	const read = readDocuments(text);
	if ('problems' in read) return { ok: false, problems: read.problems };
	switch (detectFormat(read.documents)) {
		case 'compose':
			return importCompose(read.documents);
		case 'kubernetes':
			return importKubernetes(read.documents);
		case 'fournines':
			return importOwn(text);
		default:
			return refuse(
				'no format that is read: expected a Compose file with services: as a mapping, Kubernetes manifests with apiVersion: and kind:, or a topology of this site with services: as a list'
			);
	}
}

function refuse(message: string): ImportResult {
	return { ok: false, problems: [{ line: 1, column: 1, message }] };
}
