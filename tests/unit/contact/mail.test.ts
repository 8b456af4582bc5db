import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactCommands } from '../../../src/lib/contact/commands';
import { emptyDraft, type Draft } from '../../../src/lib/contact/draft';
import { isReservedAddress, mailAddress, messageText } from '../../../src/lib/contact/mail';

describe('the prepared e-mail', () => {
	it('carries reason and name in the subject, message and signature in the body', () => {
		const address = mailAddress('hello@example.com', {
			name: 'Ada',
			address: 'ada@example.org',
			reason: 'question',
			message: 'Why a lock?\nWhy not a queue?'
		});
		expect(address).toBe(
			'mailto:hello@example.com?subject=A%20question%20about%20the%20work%2C%20from%20Ada' +
				'&body=Why%20a%20lock%3F%0D%0AWhy%20not%20a%20queue%3F%0D%0A%0D%0AAda%0D%0Aada%40example.org'
		);
	});

	it('opens with its subject alone while nothing is written', () => {
		expect(mailAddress('hello@example.com', emptyDraft)).toBe(
			'mailto:hello@example.com?subject=A%20role'
		);
	});

	it('cannot be given further recipients or headers, whatever is typed', () => {
		const typed = fc.string({ unit: 'binary' });
		fc.assert(
			fc.property(typed, typed, typed, (name, address, message) => {
				const draft: Draft = { name, address, reason: 'role', message };
				const parameters = new URLSearchParams(mailAddress('a@b.example', draft).split('?')[1]);
				expect(
					[...parameters.keys()].filter((name) => !['subject', 'body'].includes(name))
				).toEqual([]);
			})
		);
	});

	it('leaves out of the signature what is not given', () => {
		expect(messageText({ ...emptyDraft, message: 'Hi' })).toBe('Hi');
	});
});

describe('an address on a reserved domain', () => {
	it.each(['a@example.com', 'a@mail.example.org', 'a@x.test', 'a@host.invalid'])(
		'%s reaches nobody',
		(email) => expect(isReservedAddress(email)).toBe(true)
	);
	it.each(['a@examples.com', 'a@myexample.com', 'a@example.de', 'a@test.org'])(
		'is not %s',
		(email) => expect(isReservedAddress(email)).toBe(false)
	);
});

describe('the command contact', () => {
	it('prints the address and goes to the form', async () => {
		const [contact] = contactCommands({ email: 'hello@example.com' });
		expect(await contact?.run([], '')).toEqual({
			output: 'hello@example.com\n',
			effects: [{ kind: 'navigate', path: '/#contact' }]
		});
		expect(await contact?.run(['now'], '')).toMatchObject({ exitCode: 2 });
	});
});
