const maximumDepth = 10;
const start = /\$(?:\$|\{|[A-Za-z_][A-Za-z0-9_]*)/g;
const braced = /^([A-Za-z_][A-Za-z0-9_]*)(:?[-?+])?/;

/** Puts in the defaults of `${VAR:-default}`; a variable without one stays as it is written. */
export function interpolate(text: string, depth = 0): string {
	if (!text.includes('$') || depth > maximumDepth) return text;
	let result = '';
	let at = 0;
	start.lastIndex = 0;
	const marks = new RegExp(start);
	for (let match = marks.exec(text); match; match = marks.exec(text)) {
		result += text.slice(at, match.index);
		at = marks.lastIndex;
		if (match[0] === '$$') result += '$';
		else if (match[0] !== '${') result += match[0];
		else {
			const end = closing(text, at);
			if (end < 0) return result + text.slice(match.index);
			result += valueOf(text.slice(at, end), depth);
			at = marks.lastIndex = end + 1;
		}
	}
	return result + text.slice(at);
}

function valueOf(inside: string, depth: number): string {
	const match = braced.exec(inside);
	const whole = `\${${inside}}`;
	if (!match) return whole;
	const name = match[1] ?? '';
	const rest = inside.slice(match[0].length);
	if (match[2]?.endsWith('-')) return interpolate(rest, depth + 1);
	return match[2]?.endsWith('+') ? '' : `\${${name}}`;
}

/** Offset of the brace that closes one opened before `from`; -1 without one. */
function closing(text: string, from: number): number {
	let open = 1;
	for (let index = from; index < text.length; index++) {
		if (text[index] === '{') open++;
		else if (text[index] === '}' && --open === 0) return index;
	}
	return -1;
}
