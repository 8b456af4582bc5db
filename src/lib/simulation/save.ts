import { EventHeap } from './event-heap';
import { Popularity } from './popularity';
import { RandomStream } from './random';
import { RecencyMap } from './recency';
import { ResponseTimes } from './response-times';
import { Ring } from './ring';

/**
 * A running simulation's state as JSON-compatible data, and back. What JSON cannot say is an array whose first entry is
 * a tag: numbers that are not finite, typed arrays, maps, sets, and the classes that carry state.
 */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const typedArrays = { Float64Array, Int32Array, Uint8Array } as const;

export function encode(value: unknown): Json {
	if (value === undefined || value === null) return null;
	if (typeof value === 'number')
		return Number.isFinite(value) && !Object.is(value, -0)
			? value
			: ['number', Object.is(value, -0) ? '-0' : String(value)];
	if (typeof value === 'string' || typeof value === 'boolean') return value;
	if (Array.isArray(value)) return ['array', Array.from(value, encode)];
	for (const [name, type] of Object.entries(typedArrays))
		if (value instanceof type) return [name, Array.from(value)];
	if (value instanceof Map) return ['map', [...value].map((entry) => entry.map(encode))];
	if (value instanceof Set) return ['set', [...value].map(encode)];
	if (value instanceof RandomStream) return ['random', value.save()];
	if (value instanceof EventHeap) return ['heap', value.save()];
	if (value instanceof ResponseTimes) return ['times', Array.from(value.values)];
	if (value instanceof Ring) return ['ring', value.toArray()];
	if (value instanceof RecencyMap) return ['recency', value.save().map(encode)];
	if (value instanceof Popularity) return ['popularity', [value.keys, value.skew]];
	if (typeof value !== 'object') throw new TypeError(`cannot save a ${typeof value}`);
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, each]) => each !== undefined)
			.map(([key, each]) => [key, encode(each)])
	);
}

/** Throws a TypeError on anything that `encode` does not write. */
export function decode(json: unknown): unknown {
	if (json === null || typeof json !== 'object') return json;
	if (!Array.isArray(json))
		return Object.fromEntries(Object.entries(json).map(([key, each]) => [key, decode(each)]));
	const [tag, data] = json as [string, never];
	const list = data as unknown[];
	switch (tag) {
		case 'number':
			return Number(data);
		case 'array':
			return list.map(decode);
		case 'map':
			return new Map(list.map((entry) => (entry as unknown[]).map(decode) as [unknown, unknown]));
		case 'set':
			return new Set(list.map(decode));
		case 'random': {
			const stream = new RandomStream(0, '');
			stream.load(data);
			return stream;
		}
		case 'heap': {
			const heap = new EventHeap();
			heap.load(data);
			return heap;
		}
		case 'times': {
			const times = new ResponseTimes();
			for (const value of list) times.add(value as number);
			return times;
		}
		case 'recency': {
			const map = new RecencyMap();
			map.load(list.map(decode) as number[]);
			return map;
		}
		case 'popularity':
			return new Popularity(list[0] as number, list[1] as number);
		case 'ring':
			return Ring.from(list as number[]);
		case 'Float64Array':
		case 'Int32Array':
		case 'Uint8Array':
			return typedArrays[tag].from(list as number[]);
		default:
			throw new TypeError(`unknown tag ${String(tag)}`);
	}
}
