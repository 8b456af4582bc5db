import type { Resume } from './resume';

/** The contact card as vCard 4.0 (RFC 6350): CRLF line ends, lines folded at 75 octets. */
export function vcard(resume: Resume): string {
	const { name, role, summary, email, home, card, links, focus, location, current } = resume;
	const content: (string | undefined)[] = [
		'BEGIN:VCARD',
		'VERSION:4.0',
		'KIND:individual',
		`FN:${text(name)}`,
		// Which part of a name is the family's is not for a program to guess: the whole of it stands as given.
		`N:;${text(name)};;;`,
		`TITLE:${text(role)}`,
		current && `ORG:${text(current.company)}`,
		`EMAIL:${text(email)}`,
		`URL:${uri(`${home}/`)}`,
		...links.map(({ url }) => `URL:${uri(url)}`),
		location && `ADR:;;;${text(location)};;;`,
		focus.length > 0 ? `CATEGORIES:${focus.map(text).join(',')}` : undefined,
		`NOTE:${text(summary)}`,
		`SOURCE:${uri(`${home}/${card}`)}`,
		'END:VCARD'
	];
	return content
		.filter((line) => line !== undefined)
		.map((line) => `${fold(line)}\r\n`)
		.join('');
}

/** RFC 6350, 3.4: backslash, comma, semicolon and newline are escaped; other control characters have no place. */
function text(value: string): string {
	return (
		value
			.replace(/[\\,;]/g, '\\$&')
			.replace(/\r\n|[\r\n\u0085\u2028\u2029]/g, '\\n')
			// eslint-disable-next-line no-control-regex -- they are what is taken out
			.replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
	);
}

/** Addresses are not escaped; whatever could end the line is percent-encoded. */
function uri(value: string): string {
	// eslint-disable-next-line no-control-regex -- they are what is encoded
	return value.replace(/[\u0000-\u0020\u007F]/g, (character) => encodeURIComponent(character));
}

/** RFC 6350, 3.2: no line longer than 75 octets without its end; a character is never split. */
function fold(line: string): string {
	const encoder = new TextEncoder();
	let folded = '';
	let octets = 0;
	for (const character of line) {
		const size = encoder.encode(character).length;
		if (octets + size > 75) {
			folded += '\r\n ';
			octets = 1;
		}
		folded += character;
		octets += size;
	}
	return folded;
}
