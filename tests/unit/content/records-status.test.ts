import { expect, test } from 'vitest';
import { recordOf } from './records-help';

test.each([
	['accepted', 'accepted'],
	['"Accepted"', 'accepted'],
	['**Accepted**', 'accepted'],
	['~~Proposed~~ Accepted', 'accepted'],
	['Accepted (2020-01-01)', 'accepted'],
	['2020-01-01: Accepted', 'accepted'],
	['ACCEPTED Implemented', 'accepted'],
	['✅ Accepted', 'accepted'],
	['![accepted](https://img.example.com/x.svg)', 'accepted'],
	['Status: accepted', 'accepted'],
	['superceded', 'superseded'],
	['Superceeded by 12', 'superseded'],
	['Replaced by [ADR-0012](0012-x.md)', 'superseded'],
	['Accepted, superseded by ADR-0012', 'superseded'],
	['Partially superseded by ADR-0012', 'accepted'],
	['Deprecated.', 'deprecated'],
	['rejected', 'rejected'],
	['draft', 'proposed'],
	['Accepted <!-- or proposed -->', 'accepted']
])('status %s', (written, status) => {
	const text = `# X\n\n## Status\n\n${written}\n`;
	expect(recordOf('0001-x.md', text).status).toBe(status);
});

test.each([
	['Superseded by ADR-0123', [['superseded by', 123]]],
	['superseded by [ADR-0005](0005-example.md)', [['superseded by', 5]]],
	['Superseded by [x](./adr-007-x.md#context)', [['superseded by', 7]]],
	[
		'Superseded by [4. A](0004-a.md), [5. B](0005-b.md)',
		[
			['superseded by', 4],
			['superseded by', 5]
		]
	],
	[
		'Amends [2. A](0002-a.md), superseded by [3. B](0003-b.md)',
		[
			['amends', 2],
			['superseded by', 3]
		]
	],
	['Accepted, see [issue](https://example.com/issues/12)', []],
	['Accepted 2020-01-01', []],
	['Accepted, requires 2 approvals', []],
	['Superseded by 4', [['superseded by', 4]]],
	['Superseded by 0004-other.md', [['superseded by', 4]]],
	['Superseded by [20240101-x](20240101-x.md)', []]
])('links in the status %s', (written, links) => {
	const { links: found } = recordOf('0001-x.md', `# X\n\nStatus: ${written}\n`);
	expect(found.map(({ kind, target }) => [kind, target])).toEqual(links);
});

test('a front matter status that is superseded by a record agrees with a list of the same link', () => {
	const text =
		'---\nstatus: superseded by ADR-2\nlinks: [{ kind: supersededBy, target: 2 }]\n---\n# X\n';
	expect(recordOf('0001-x.md', text).links).toHaveLength(1);
});
