import * as v from 'valibot';
import type { Parsed } from './parse';
import type { Problem } from './problems';

/** A file's data as its schema has it, or all that is wrong with it. */
export function validate<Schema extends v.GenericSchema>(
	parsed: Parsed,
	schema: Schema
): { value: v.InferOutput<Schema> } | { problems: Problem[] } {
	if (parsed.problems.length > 0) return { problems: parsed.problems };
	const result = v.safeParse(schema, parsed.data);
	if (result.success) return { value: result.output };
	return {
		problems: result.issues.map((issue) =>
			problemAt(
				parsed,
				(issue.path ?? []).map(({ key }) => key as string | number),
				describe(issue)
			)
		)
	};
}

/** A problem with the field at a path of a file. */
export function problemAt(parsed: Parsed, path: (string | number)[], message: string): Problem {
	return { file: parsed.file, ...parsed.placeOf(path), field: path.join('.'), message };
}

function describe(issue: v.BaseIssue<unknown>): string {
	if (issue.type === 'strict_object' && issue.expected === 'never')
		return `unknown field; expected one that this kind of file has`;
	if (issue.received === 'undefined')
		return `is missing; ${issue.message.startsWith('expected') ? issue.message : `expected ${issue.expected ?? 'a value'}`}`;
	const shown =
		typeof issue.input === 'string' || typeof issue.input === 'number'
			? `${JSON.stringify(issue.input).slice(0, 60)} `
			: '';
	return `${shown}${issue.message.startsWith('expected') ? `will not do; ${issue.message}` : issue.message}`;
}
