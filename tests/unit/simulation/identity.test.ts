import { expect, test } from 'vitest';
import { engineVersion } from '../../../src/lib/simulation';
import known from '../../fixtures/identity.json';
import { fingerprints } from '../../helpers/identity';
import { identityRuns, identitySeconds } from '../../helpers/identity-runs';

test('the fixed runs give the figures that this version of the simulator has always given', () => {
	// Other figures are another version: raise engineVersion, and a replay link of the old one says so.
	expect({
		engineVersion,
		fingerprints: fingerprints(identityRuns(), identitySeconds)
	}).toEqual(known);
});

test('another seed gives another fingerprint', () => {
	const [first] = identityRuns();
	if (!first) throw new Error('there is no run');
	const [one, other] = fingerprints([first, { ...first, seed: 43 }], identitySeconds);
	expect(one).not.toBe(other);
});
