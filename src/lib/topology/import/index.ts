import type { ImportResult } from './imported';
import { importOwn } from './own';

export type { Guess, Imported, ImportNote, ImportResult } from './imported';

/** A topology from a visitor's text: Docker Compose, Kubernetes manifests, or our own YAML. */
export function importTopology(text: string): ImportResult {
	return importOwn(text);
}
