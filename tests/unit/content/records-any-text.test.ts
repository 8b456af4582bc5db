import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRecord } from '../../../src/lib/content/records/read-record';

/** Text made of what records are made of, so that much of it comes close to one. */
const pieces = fc.constantFrom(
	...['---', '\n', '\n\n', '# ', '## ', '### ', '```', '~~~', '<!--', '-->', '* ', '- ', '1. '],
	...['Status', 'Status: ', 'accepted', 'superseded by ', 'ADR-0004', '[4. X](0004-x.md)', '['],
	...['Date: 2020-01-01', 'Decision Outcome', 'Chosen option: "', '"', ', because', '](', ')'],
	...['Considered Options', 'Consequences', 'Good, because ', 'Bad, ', '{', '}', '|', '_', '**'],
	...['links: ', '- { kind: amends, target: 2 }', 'status: ', 'title', '===', '&amp;', '\t', '  ']
);
const close = fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 60 });

function check(file: string, text: string): void {
	const result = readRecord(file, text);
	if ('problems' in result) {
		expect(result.problems.length).toBeGreaterThan(0);
		for (const { line, message } of result.problems) {
			expect(line).toBeGreaterThanOrEqual(1);
			expect(message).not.toBe('');
		}
	} else {
		const ids = result.record.sections.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(result.record.title).not.toBe('');
	}
}

test('any text is read or has problems', () => {
	fc.assert(
		fc.property(fc.string(), fc.string({ unit: 'binary', maxLength: 300 }), (file, text) => {
			check(file, text);
		})
	);
	expect.hasAssertions();
});

test('text that is close to a record is read or has problems, and ids are there once', () => {
	fc.assert(
		fc.property(close, (parts) => {
			check('0001-x.md', parts.join(''));
			check('0001-x.md', `# X\n\nStatus: accepted\n\n${parts.join('')}`);
		}),
		{ numRuns: 1000 }
	);
	expect.hasAssertions();
});

const size = 200_000;
const head = '# X\n\nStatus: accepted\n\n';
test.each(
	[
		'[',
		'[](',
		'`',
		'*',
		'_a',
		'_ ',
		'# ',
		'\n# x',
		'\n## x\n- y',
		'\n- x',
		'\n  - x',
		'<!--',
		'~~a',
		'\n```',
		'\n## Consequences',
		'\nStatus: accepted',
		'\n## Status\nAccepted',
		' ',
		'\n> ',
		'{',
		'ADR-1 '
	].flatMap((piece) => [
		[piece, head + piece.repeat(size / piece.length)],
		[`${piece} in options`, `${head}## Considered Options\n- ${piece.repeat(size / piece.length)}`],
		[`${piece} in a title`, `# ${piece.repeat(size / piece.length)}\n\nStatus: accepted`],
		[`${piece} in a status`, `# X\n\n## Status\n\n${piece.repeat(size / piece.length)}`],
		[`${piece} in front matter`, `---\nstatus: "${piece.repeat(1000)}"\n---\n# X`]
	])
)('%j without end ends', (_, text) => {
	const begin = performance.now();
	check('0001-x.md', text ?? '');
	expect(performance.now() - begin).toBeLessThan(2000);
});
