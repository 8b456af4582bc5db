import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContactTerminal } from '$lib/contact';
import { ManualClock, memoryStore } from '$lib/platform';
import { answerJson, startFormServer } from '../../unit/contact/form-server';

let server: Awaited<ReturnType<typeof startFormServer>>;
beforeAll(async () => {
	server = await startFormServer();
});
afterAll(() => server.close());

function open(contact: { email: string; endpoint?: string }, store = memoryStore()) {
	const clock = new ManualClock();
	render(ContactTerminal, { profile: { name: 'Ada Example', contact }, store, clock });
	return { clock, store, user: userEvent.setup() };
}

const byEndpoint = () => ({ email: 'ada@ada.example', endpoint: server.endpoint });
const field = (name: string) => screen.getByRole('textbox', { name });

describe('the contact terminal with an endpoint', () => {
	it('is a form that works without script', () => {
		open(byEndpoint());
		const form = screen.getByRole<HTMLFormElement>('form', { name: 'Message to Ada Example' });
		expect([form.method, form.action]).toEqual(['post', server.endpoint]);
		const names = [...new FormData(form).keys()];
		expect(names).toEqual(['name', 'email', 'reason', 'message', '_gotcha']);
		expect(screen.getByRole('button', { name: 'Send' })).toHaveAttribute('type', 'submit');
	});

	it('sends, and says that the service took it', async () => {
		server.answer(answerJson(200, { ok: true }));
		const { user, clock } = open(byEndpoint());
		await user.type(field('Name'), 'Grace');
		await user.type(field('E-mail address'), 'grace@example.org');
		await user.selectOptions(screen.getByRole('combobox', { name: 'Reason' }), 'question');
		await user.type(field('Message'), 'How many nines?');
		clock.pass(3_000);
		await user.click(screen.getByRole('button', { name: 'Send' }));
		expect(await screen.findByText(/^Sent:/)).toBeVisible();
		expect(server.received[0]?.fields.get('reason')).toBe('A question about the work');
		expect(field('Message')).toHaveValue('');
	});

	it('leads to the first field that lacks something, and names what', async () => {
		const { user } = open(byEndpoint());
		await user.type(field('Name'), 'Grace');
		await user.click(screen.getByRole('button', { name: 'Send' }));
		expect(field('E-mail address')).toHaveFocus();
		expect(field('E-mail address')).toHaveAccessibleDescription(/Give an e-mail address/);
		expect(field('Name')).toBeValid();
	});

	it('keeps the message and offers other ways when no receipt comes', async () => {
		server.answer((response) => response.destroy());
		const { user, clock } = open(byEndpoint());
		await user.type(field('Name'), 'Grace');
		await user.type(field('E-mail address'), 'grace@example.org');
		await user.type(field('Message'), 'How many nines?');
		clock.pass(3_000);
		await user.click(screen.getByRole('button', { name: 'Send' }));
		expect(await screen.findByText(/^No receipt:/)).toBeVisible();
		expect(field('Message')).toHaveValue('How many nines?');
		expect(screen.getByRole('button', { name: 'Send without script' })).toBeVisible();
	});
});

describe('the contact terminal without an endpoint', () => {
	const contact = { email: 'hello@example.com' };

	it('prepares an e-mail of what is written, and sends nothing', async () => {
		const { user } = open(contact);
		await user.type(field('Message'), 'How many nines?');
		const link = screen.getByRole('link', { name: 'Open as an e-mail' });
		expect(link).toHaveAttribute('href', expect.stringContaining('body=How%20many%20nines%3F'));
		expect(screen.queryByRole('button', { name: 'Send' })).not.toBeInTheDocument();
		expect(screen.getByRole('form')).not.toHaveAttribute('action');
	});

	it('copies the message', async () => {
		const { user } = open(contact);
		await user.type(field('Message'), 'How many nines?');
		await user.click(screen.getByRole('button', { name: 'Copy message' }));
		expect(await navigator.clipboard.readText()).toBe('How many nines?');
		expect(screen.getByText('Copied.')).toBeVisible();
	});

	it('takes up the draft of the last visit, and discards it when asked', async () => {
		const draft = { name: '', address: '', reason: 'role', message: 'Half a thought' };
		const store = memoryStore({ 'fournines:contact-draft': JSON.stringify(draft) });
		const { user } = open(contact, store);
		expect(await screen.findByDisplayValue('Half a thought')).toBe(field('Message'));
		await user.click(screen.getByRole('button', { name: 'Discard draft' }));
		expect(field('Message')).toHaveValue('');
		expect(store.getItem('fournines:contact-draft')).not.toContain('Half');
	});

	it('says that a reserved address reaches nobody', () => {
		open(contact);
		expect(screen.getByText(/reserved for examples/)).toBeVisible();
	});
});
