import type { Change } from '../simulation';

const expression = /^(?:(\d+(?:\.\d+)?)\s*-\s*)?\$value(?:\s*([*/])\s*(\d+(?:\.\d+)?))?$/;

/** Changes with the control's value in place of `$value`, `$value * 2`, `$value / 2`, `1 - $value` and `1 / $value`. */
export function changesFor(changes: object[], value: number): Change[] {
	return changes.map((change) => filled(change, value) as Change);
}

function filled(part: unknown, value: number): unknown {
	if (typeof part === 'string') return numberIn(part, value) ?? part;
	if (Array.isArray(part)) return part.map((each) => filled(each, value));
	if (typeof part !== 'object' || part === null) return part;
	return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, filled(each, value)]));
}

function numberIn(text: string, value: number): number | undefined {
	const over = /^(\d+(?:\.\d+)?)\s*\/\s*\$value$/.exec(text.trim());
	if (over) return Number((Number(over[1]) / value).toPrecision(12));
	const match = expression.exec(text.trim());
	if (!match) return undefined;
	const [, from, sign, by] = match;
	const scaled = sign === '*' ? value * Number(by) : sign === '/' ? value / Number(by) : value;
	// As written: 1 - 0.2 is 0.8, and half of three workers is one and a half only where halves are allowed.
	return Number((from === undefined ? scaled : Number(from) - scaled).toPrecision(12));
}
