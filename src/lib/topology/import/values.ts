/** Plain data from outside: nothing is taken for granted, and no key is looked up on a prototype. */
export type Mapping = Record<string, unknown>;

export function isMapping(value: unknown): value is Mapping {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of a mapping; undefined where the value is none, or has it not. */
export function field(value: unknown, ...path: string[]): unknown {
	let at = value;
	for (const key of path) {
		if (!isMapping(at) || !Object.hasOwn(at, key)) return undefined;
		at = at[key];
	}
	return at;
}

export function entriesIn(value: unknown): [string, unknown][] {
	return isMapping(value) ? Object.entries(value) : [];
}

export function listIn(value: unknown): unknown[] {
	return Array.isArray(value) ? (value as unknown[]) : [];
}

export function textIn(value: unknown): string | undefined {
	return typeof value === 'string'
		? value
		: typeof value === 'number' || typeof value === 'boolean'
			? String(value)
			: undefined;
}

/** A whole number from 1 to 1000; undefined for what is none. */
export function countIn(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) && number >= 1
		? Math.min(1000, Math.floor(number))
		: undefined;
}

/** CPUs from `0.5`, `2` or `500m`. */
export function cpusIn(value: unknown): number | undefined {
	const text = textIn(value)?.trim() ?? '';
	const match = /^(\d+(?:\.\d+)?|\.\d+)(m?)$/.exec(text);
	if (!match) return undefined;
	const cpus = Number(match[1]) / (match[2] === 'm' ? 1000 : 1);
	return cpus > 0 && cpus <= 1024 ? cpus : undefined;
}
