import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock, memoryStore, type KeyValueStore } from '$lib/platform';
import { ContactForm } from '../../../src/lib/contact/contact-form.svelte';
import { answerJson, answerText, startFormServer } from './form-server';

const key = 'fournines:contact-draft';
const message = 'Your queue is unbounded.';

let server: Awaited<ReturnType<typeof startFormServer>>;
beforeAll(async () => {
	server = await startFormServer();
});
afterAll(() => server.close());

function open(
	store: KeyValueStore = memoryStore(),
	endpoint: string | undefined = server.endpoint
) {
	const clock = new ManualClock(1_000_000);
	const form = new ContactForm({ endpoint, store, clock, fetch });
	form.open();
	return { form, clock, store };
}

function write(form: ContactForm) {
	form.write('name', 'Ada');
	form.write('address', 'ada@example.org');
	form.write('message', message);
}

describe('sending a message', () => {
	it('ends in a receipt, and only then forgets the draft', async () => {
		server.answer(answerJson(200, { ok: true }));
		const { form, clock, store } = open();
		write(form);
		clock.pass(3_000);
		await form.send('');
		expect(form.status).toEqual({ kind: 'sent' });
		expect(form.sent?.message).toBe(message);
		expect(form.draft.message).toBe('');
		expect(store.getItem(key)).not.toContain(message);
	});

	it.each([
		['refuses', answerJson(422, { error: 'No.' }), 'refused'],
		['fails', answerText(500, ''), 'unreachable']
	])('keeps the draft when the service %s', async (_, behaviour, kind) => {
		server.answer(behaviour);
		const { form, clock, store } = open();
		write(form);
		clock.pass(3_000);
		await form.send('');
		expect(form.status.kind).toBe(kind);
		expect(open(store).form.draft.message).toBe(message);
	});

	it('happens once, however often it is asked for', async () => {
		server.answer(answerJson(200, { ok: true }));
		const { form, clock } = open();
		write(form);
		clock.pass(3_000);
		const sending = form.send('');
		expect(form.status).toEqual({ kind: 'sending' });
		await Promise.all([sending, form.send(''), form.send('')]);
		expect(server.received).toHaveLength(1);
	});

	it('keeps what is written while the message travels', async () => {
		server.answer(answerJson(200, { ok: true }));
		const { form, clock } = open();
		write(form);
		clock.pass(3_000);
		const sending = form.send('');
		form.write('message', 'And one more thing.');
		await sending;
		expect([form.status.kind, form.draft.message]).toEqual(['sent', 'And one more thing.']);
	});

	it('does not leave before the fields hold, and says of each what it lacks', async () => {
		server.answer(answerJson(200, { ok: true }));
		const { form, clock } = open();
		clock.pass(3_000);
		form.write('address', 'ada at example.org');
		await form.send('');
		expect(form.status).toEqual({ kind: 'incomplete' });
		expect(Object.keys(form.problems)).toEqual(['name', 'address', 'message']);
		form.write('name', 'Ada');
		expect(form.problems).not.toHaveProperty('name');
		write(form);
		expect([form.problems, form.status.kind]).toEqual([{}, 'idle']);
		expect(server.received).toEqual([]);
	});

	it.each([
		['the hidden field is filled in', 60_000, 'https://buy.example'],
		['it is sent faster than people write', 2_999, '']
	])('is refused when %s', async (_, wait, trap) => {
		server.answer(answerJson(200, { ok: true }));
		const { form, clock } = open();
		write(form);
		clock.pass(wait);
		await form.send(trap);
		expect([form.status.kind, form.draft.message]).toEqual(['refused', message]);
		expect(server.received).toEqual([]);
	});
});

describe('the draft on the device', () => {
	it('is there again at the next visit', () => {
		const { form, store } = open();
		write(form);
		expect(open(store).form.draft).toEqual(form.draft);
	});

	it('does not overwrite what was typed before the page came to life', () => {
		const { form, store } = open();
		write(form);
		const early = new ContactForm({ endpoint: undefined, store, clock: new ManualClock(), fetch });
		early.write('message', 'Typed early.');
		early.open();
		expect(early.draft.message).toBe('Typed early.');
	});

	it('is discarded when asked', () => {
		const { form, store } = open();
		write(form);
		form.clear();
		expect(open(store).form.draft.message).toBe('');
	});

	it.each([
		['of another shape', '{"name":1}'],
		['with a reason that does not exist', '{"name":"","address":"","reason":"x","message":""}'],
		['not JSON', '{"name":'],
		['far too long', JSON.stringify({ name: 'a'.repeat(100_000) })]
	])('is set aside when it is %s', (_, stored) => {
		const { form, store } = open(memoryStore({ [key]: stored }));
		expect(form.draft.message).toBe('');
		expect(form.storageProblem).toContain(`${key}:damaged`);
		expect(store.getItem(`${key}:damaged`)).toBe(stored);
	});

	it('lives as long as the page where the device stores nothing', () => {
		const full: KeyValueStore = {
			...memoryStore(),
			setItem: () => {
				throw new DOMException('full', 'QuotaExceededError');
			}
		};
		const { form } = open(full);
		write(form);
		expect(form.draft.message).toBe(message);
		expect(form.storageProblem).toContain('as long as the page');
	});
});
