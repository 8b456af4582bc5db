import { describe, expect, it } from 'vitest';
import { hiddenFields, providerOf } from '../../../src/lib/contact/providers';

describe('the form service behind an endpoint', () => {
	it.each([
		['https://formspree.io/f/abcd', '_gotcha', true],
		['https://api.web3forms.com/submit?access_key=1', 'botcheck', true],
		['https://usebasin.com/f/abcd', '_gotcha', true],
		['https://forms.example.org/post', '_gotcha', false],
		['https://formspree.io.example.org/', '_gotcha', false],
		['not an address', '_gotcha', false]
	])('%s is known by its host', (endpoint, honeypot, answersJson) => {
		expect(providerOf(endpoint)).toEqual({ honeypot, answersJson });
	});

	it('gets the parameters of its address as fields', () => {
		expect(hiddenFields('https://api.web3forms.com/submit?access_key=a%2Bb')).toEqual([
			{ name: 'access_key', value: 'a+b' }
		]);
		expect(hiddenFields('https://forms.example.org/post')).toEqual([]);
	});
});
