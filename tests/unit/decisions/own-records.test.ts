import { expect, it } from 'vitest';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { lintDecisions } from '../../../src/lib/decisions/lint';

it('finds nothing wrong with the records of this site, and each states what it costs', () => {
	const { decisions } = loadFolder('src/content');
	expect(decisions.length).toBeGreaterThan(0);
	expect(lintDecisions(decisions)).toEqual([]);
});
