/* eslint-disable no-control-regex -- control characters are the point */
/**
 * The one gate between text and the terminal. What is not our own may be content, a pasted line or a command's output;
 * a terminal obeys control characters, and some of them make it answer as if the visitor had typed. Newlines and tabs
 * stay; C0, DEL, C1 (the 8-bit forms of the escape sequences among them) and the bidirectional controls that can
 * reorder what is read go. Escape sequences lose their first character with that, so the rest is harmless text.
 */
export function sanitise(text: string): string {
	return text.replace(/\r\n?/g, '\n').replace(unwelcome, '');
}

const unwelcome =
	/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
