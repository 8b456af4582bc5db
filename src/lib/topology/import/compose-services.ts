import type { ImportNote } from './imported';
import type { YamlSource } from './source';
import { entriesIn, field, isMapping, listIn, textIn, type Mapping } from './values';

/** Settings that are no use to a service that extends another, as Compose has it. */
const notInherited = ['depends_on', 'links', 'volumes_from'];

const maximumExtends = 50;

/** A service of a file with what it extends taken in. */
export interface ComposeService {
	name: string;
	body: Mapping;
	source: YamlSource;
}

/** All services of the files, later files over earlier ones, `extends` carried out. */
export function servicesOf(sources: YamlSource[], notes: ImportNote[]): ComposeService[] {
	const services = new Map<string, ComposeService>();
	for (const source of sources)
		for (const [name, body] of entriesIn(field(source.data, 'services'))) {
			const place = source.placeOf(['services', name]);
			if (!isMapping(body)) {
				notes.push({ ...place, message: `${name} has no settings: left out` });
				continue;
			}
			const before = services.get(name);
			if (before) notes.push({ ...place, message: `${name} is there again: laid over the first` });
			services.set(name, { name, source, body: before ? merge(before.body, body) : body });
		}
	return [...services.values()].map((service) => ({
		...service,
		body: extended(service, services, notes)
	}));
}

function extended(
	service: ComposeService,
	services: Map<string, ComposeService>,
	notes: ImportNote[]
): Mapping {
	const bodies = [service.body];
	const seen = new Set([service.name]);
	for (let at = service; ;) {
		const settings = field(at.body, 'extends');
		if (settings === undefined || settings === null) break;
		const place = at.source.placeOf(['services', at.name, 'extends']);
		const name = textIn(settings) ?? textIn(field(settings, 'service')) ?? '';
		const file = textIn(field(settings, 'file'));
		const base = services.get(name);
		const wrong =
			file !== undefined
				? `${at.name} extends ${name} of ${file}, which is not in this text: only what stands here is read`
				: !base
					? `${at.name} extends ${name}, which is not there`
					: bodies.length > maximumExtends
						? `${at.name} extends ${name}: more than ${maximumExtends} one after the other`
						: seen.has(name)
							? `${at.name} extends ${name}, which extends it in turn`
							: undefined;
		if (wrong !== undefined || !base) {
			if (wrong !== undefined && (at === service || bodies.length > maximumExtends))
				notes.push({ ...place, message: wrong });
			break;
		}
		seen.add(name);
		bodies.push(
			Object.fromEntries(entriesIn(base.body).filter(([key]) => !notInherited.includes(key)))
		);
		at = base;
	}
	return bodies.reduceRight((below, above) => merge(below, above));
}

/** As Compose merges: mappings key by key, lists one behind the other, commands and all else replaced. */
function merge(below: Mapping, above: Mapping): Mapping {
	const result = new Map(Object.entries(below));
	for (const [key, value] of Object.entries(above)) {
		const before = result.get(key);
		if (key === 'environment')
			result.set(key, { ...environmentOf(before), ...environmentOf(value) });
		else if (key === 'command' || key === 'entrypoint') result.set(key, value);
		else if (isMapping(before) && isMapping(value)) result.set(key, { ...before, ...value });
		else if (Array.isArray(before) && Array.isArray(value))
			result.set(key, [...listIn(before), ...listIn(value)]);
		else result.set(key, value);
	}
	return Object.fromEntries(result);
}

/** The environment as a mapping, from its list form too. */
export function environmentOf(value: unknown): Mapping {
	if (!Array.isArray(value)) return isMapping(value) ? value : {};
	return Object.fromEntries(
		listIn(value).flatMap((item): [string, unknown][] => {
			if (typeof item !== 'string') return [];
			const sign = item.indexOf('=');
			return sign < 0 ? [[item, '']] : [[item.slice(0, sign), item.slice(sign + 1)]];
		})
	);
}

/** Services that it is started after, with the condition that is waited for. */
export function dependenciesOf(body: Mapping): { name: string; condition: string }[] {
	const value = field(body, 'depends_on');
	if (Array.isArray(value))
		return listIn(value).flatMap((item) =>
			typeof item === 'string' ? [{ name: item, condition: 'service_started' }] : []
		);
	return entriesIn(value).map(([name, settings]) => ({
		name,
		condition: textIn(field(settings, 'condition')) ?? 'service_started'
	}));
}
