import { describe, expect, it } from 'vitest';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { argumentsOf, ledgerOf } from '../../../src/lib/decisions/ledger';
import { prose, record } from './records';

const section = (title: string, markdown: string) => ({
	id: title.toLowerCase().replace(/\W+/g, '-'),
	title,
	body: prose(markdown)
});

describe('arguments', () => {
	it('are read from the bullets of MADR, over several lines and with the marks taken out', () => {
		const sections = [
			section(
				'Decision Outcome',
				'Chosen.\n\n### Consequences\n\n* Good, because it is **fast**\n  and `small`\n* Bad, because [it](/x) costs\n* Neutral, because so\n'
			)
		];
		expect(argumentsOf({ sections }).map(({ tone, text }) => [tone, text])).toEqual([
			['good', 'It is fast and small'],
			['bad', 'It costs'],
			['neutral', 'So']
		]);
	});

	it('are read from what stands below a heading that names its tone', () => {
		const sections = [
			section(
				'Decision Outcome',
				'### Positive Consequences\n\n* cheap\n\n### Negative Consequences\n\n* slow\n'
			),
			section('Trade-off', 'Every write waits.\n\nTwice.')
		];
		expect(argumentsOf({ sections }).map(({ tone, text }) => [tone, text])).toEqual([
			['good', 'Cheap'],
			['bad', 'Slow'],
			['bad', 'Every write waits.'],
			['bad', 'Twice.']
		]);
	});

	it('in code are none', () => {
		const sections = [section('Consequences', '```\n* Good, because it is code\n```\n')];
		expect(argumentsOf({ sections })).toEqual([]);
	});
});

describe('the ledger', () => {
	it('balances what was decided, not what was only weighed', () => {
		const rows = ledgerOf([
			record(1, {
				sections: [
					section('Consequences', '* Good, because one\n* Bad, because two'),
					section('Pros and Cons of the Options', '* Good, because never')
				]
			}),
			record(2, { sections: [section('Context', 'Nothing said.')] })
		]);
		expect(rows).toHaveLength(1);
		expect(rows[0]?.bought.map(({ text }) => text)).toEqual(['One']);
		expect(rows[0]?.paid.map(({ text }) => text)).toEqual(['Two']);
	});

	it('has a row with both sides for every record of this site', () => {
		const { decisions } = loadFolder('src/content');
		const rows = ledgerOf(decisions);
		expect(rows).toHaveLength(decisions.length);
		expect(rows.filter(({ bought, paid }) => !bought.length || !paid.length)).toEqual([]);
	});
});
