import type { ImportNote } from './imported';
import type { Place, YamlSource } from './source';
import { field, listIn, textIn } from './values';

/** One object of the manifests, taken out of its list where it was in one. */
export interface KubernetesObject {
	kind: string;
	name: string;
	namespace: string;
	body: unknown;
	placeOf(path: (string | number)[]): Place;
}

/** All objects by their order in the text; of two of the same name the later one counts, as when they are applied. */
export function objectsOf(sources: YamlSource[], notes: ImportNote[]): KubernetesObject[] {
	const objects = new Map<string, KubernetesObject>();
	const add = (body: unknown, source: YamlSource, path: (string | number)[], depth: number) => {
		const placeOf = (below: (string | number)[]) => source.placeOf([...path, ...below]);
		const kind = textIn(field(body, 'kind'));
		if (kind?.endsWith('List') && Array.isArray(field(body, 'items')) && depth < 5) {
			listIn(field(body, 'items')).forEach((item, index) =>
				add(item, source, [...path, 'items', index], depth + 1)
			);
			return;
		}
		if (body === null || body === undefined) return;
		const name =
			textIn(field(body, 'metadata', 'name')) ?? textIn(field(body, 'metadata', 'generateName'));
		if (kind === undefined || name === undefined || name === '') {
			const message = 'this has no kind or no metadata.name: left out';
			notes.push({ ...placeOf([]), message });
			return;
		}
		const namespace = textIn(field(body, 'metadata', 'namespace')) ?? 'default';
		const key = `${kind}/${namespace}/${name}`;
		if (objects.delete(key))
			notes.push({
				...placeOf(['metadata', 'name']),
				message: `${kind} ${name} is there twice: the later one counts`
			});
		objects.set(key, { kind, name, namespace, body, placeOf });
	};
	for (const source of sources) add(source.data, source, [], 0);
	return [...objects.values()];
}

/** The path to the pods' template, for what has one. */
export function podPath({ kind, body }: KubernetesObject): string[] | undefined {
	if (kind === 'Pod') return ['spec'];
	return field(body, 'spec', 'template', 'spec') === undefined
		? undefined
		: ['spec', 'template', 'spec'];
}

export function labelsOf({ kind, body }: KubernetesObject): unknown {
	return kind === 'Pod'
		? field(body, 'metadata', 'labels')
		: field(body, 'spec', 'template', 'metadata', 'labels');
}

export function keyOf({ kind, namespace, name }: KubernetesObject): string {
	return `${kind}/${namespace}/${name}`;
}
