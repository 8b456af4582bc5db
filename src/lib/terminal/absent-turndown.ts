/**
 * Stands in for `turndown`, which just-bash imports for its `html-to-markdown` and which tries an HTML assignment as it
 * loads that Trusted Types forbid. There is no HTML among the files of the shell, and the command says so.
 */
export default function absentTurndown(): never {
	throw new Error('html-to-markdown is not part of this shell');
}
