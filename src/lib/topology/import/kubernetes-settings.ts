import type { KubernetesObject } from './kubernetes-objects';
import type { Place } from './source';
import { entriesIn, field, listIn, textIn } from './values';

export interface Setting {
	setting: string;
	value: string;
	place: Place;
}

/** Environment of a container with the ConfigMaps that it takes values from. */
export function settingsOf(
	{ namespace, placeOf }: KubernetesObject,
	container: unknown,
	path: (string | number)[],
	configs: Map<string, unknown>
): Setting[] {
	const settings: Setting[] = [];
	listIn(field(container, 'envFrom')).forEach((from, index) => {
		const map = textIn(field(from, 'configMapRef', 'name'));
		if (map === undefined) return;
		for (const [setting, value] of entriesIn(configs.get(`${namespace}/${map}`)))
			settings.push({
				setting,
				value: textIn(value) ?? '',
				place: placeOf([...path, 'envFrom', index])
			});
	});
	listIn(field(container, 'env')).forEach((each, index) => {
		const setting = textIn(field(each, 'name'));
		if (setting === undefined) return;
		const reference = field(each, 'valueFrom', 'configMapKeyRef');
		const map = `${namespace}/${textIn(field(reference, 'name')) ?? ''}`;
		const key = textIn(field(reference, 'key')) ?? '';
		const value = textIn(field(each, 'value')) ?? textIn(field(configs.get(map), key)) ?? '';
		settings.push({ setting, value, place: placeOf([...path, 'env', index]) });
	});
	return settings;
}
