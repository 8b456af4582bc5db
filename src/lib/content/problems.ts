/** What is wrong in one place of one file, and what would be right. */
export interface Problem {
	file: string;
	/** From 1; 1 where the file as a whole is meant. */
	line: number;
	/** From 1; where it is known. */
	column?: number;
	/** Path inside the file, such as `contact.email`; empty where the file as a whole is meant. */
	field: string;
	message: string;
}

/** `file:line: field: what is wrong and what is expected`, a line a problem, in the order of the files. */
export function describeProblems(problems: Problem[]): string {
	return [...problems]
		.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line))
		.map(
			({ file, line, field, message }) => `${file}:${line}: ${field ? `${field}: ` : ''}${message}`
		)
		.join('\n');
}
