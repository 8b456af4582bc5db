import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardName } from '../../../src/lib/recruiter/card-name';

describe('the name of the contact card', () => {
	it.each([
		['Archishman Das', 'archishman-das'],
		['Zoë O’Neil, Ph.D.', 'zoe-o-neil-ph-d'],
		['ليلى', 'handle'],
		['../../etc/passwd', 'etc-passwd']
	])('of %s is %s', (name, expected) => {
		expect(cardName({ name, handle: 'handle' })).toBe(expected);
	});

	it('is a plain, short file name whatever the person is called', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (name) => {
				expect(cardName({ name, handle: 'handle' })).toMatch(
					/^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?$/
				);
			})
		);
	});
});
