import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '$lib/platform';
import { deliver } from '../../../src/lib/contact/delivery';
import type { Draft } from '../../../src/lib/contact/draft';
import { answerJson, answerText, startFormServer, type Behaviour } from './form-server';

const draft: Draft = {
	name: ' Ada ',
	address: 'ada@example.org',
	reason: 'role',
	message: 'A thousand & one requests\nper second, 日本語.'
};

let server: Awaited<ReturnType<typeof startFormServer>>;
beforeAll(async () => {
	server = await startFormServer();
});
afterAll(() => server.close());

function send(endpoint = server.endpoint) {
	return deliver(draft, { endpoint, fetch, clock: new ManualClock(), timeoutMs: 15_000 });
}

describe('a form service that takes the message', () => {
	it.each<[string, Behaviour]>([
		['says so in JSON', answerJson(200, { ok: true })],
		['says nothing', answerText(200, '')],
		['shows a page of thanks', answerText(200, '<h1>Thanks</h1>')],
		['answers 204', (response) => response.writeHead(204).end()],
		[
			'redirects to a page of thanks',
			(response, { method }) =>
				method === 'POST'
					? response.writeHead(303, { location: '/thanks' }).end()
					: response.end('<h1>Thanks</h1>')
		]
	])('and %s', async (_, behaviour) => {
		server.answer(behaviour);
		expect(await send()).toEqual({ kind: 'sent' });
	});

	it('gets what a form would send, with the parameters of its address as fields', async () => {
		server.answer(answerJson(200, { success: true }));
		await send(`${server.endpoint}?access_key=k%26ey`);
		expect(server.received).toHaveLength(1);
		expect(Object.fromEntries(server.received[0]?.fields ?? [])).toEqual({
			access_key: 'k&ey',
			name: 'Ada',
			email: 'ada@example.org',
			reason: 'A role',
			subject: 'A role, from Ada',
			message: draft.message
		});
		expect(server.received[0]?.accept).toBe('application/json');
	});
});

describe('a form service that refuses', () => {
	it.each<[string, Behaviour, string]>([
		[
			'with a list of errors',
			answerJson(422, { errors: [{ field: 'email', message: 'should be an email' }] }),
			'should be an email.'
		],
		['with one error', answerJson(400, { error: 'Form not active!' }), 'Form not active!'],
		[
			'while answering 200',
			answerJson(200, { success: false, message: 'Invalid key' }),
			'Invalid key.'
		],
		[
			'for too many messages',
			answerText(429, 'slow down'),
			'The form service takes no more messages for the moment.'
		],
		['without a word', answerText(403, ''), 'The form service gave no reason (403).'],
		[
			'with control characters and a sermon',
			answerJson(400, { error: `\u001b[31mno\u202e${'!'.repeat(5000)}` }),
			'[31mno '.padEnd(300, '!')
		]
	])('%s: the visitor reads why', async (_, behaviour, reason) => {
		server.answer(behaviour);
		expect(await send()).toEqual({ kind: 'refused', reason });
	});
});

describe('a form service that gives no receipt', () => {
	it.each<[string, Behaviour, RegExp]>([
		['fails', answerText(503, 'upstream'), /failed \(503\)/],
		['is gone', answerText(404, 'not here'), /no longer \(404\)/],
		['hangs up', (response) => response.destroy(), /connection failed/],
		[
			'dies in the middle of its answer',
			(response) => {
				response.writeHead(200, { 'content-length': '1000' });
				response.write('{"ok":', () => response.destroy());
			},
			/connection failed/
		],
		['answers rubbish as JSON', answerText(200, '{"ok": tru', 'application/json'), /unreadable/],
		['answers a JSON that is no object', answerText(200, '42', 'application/json'), /unreadable/]
	])('because it %s', async (_, behaviour, reason) => {
		server.answer(behaviour);
		expect(await send()).toEqual({ kind: 'unreachable', reason: expect.stringMatching(reason) });
	});

	it('because nothing listens', async () => {
		const other = await startFormServer();
		await other.close();
		expect((await send(other.endpoint)).kind).toBe('unreachable');
	});

	it('because it takes too long: the message is called off after the given time', async () => {
		let hungUp: () => void = () => undefined;
		const closed = new Promise<void>((resolve) => (hungUp = resolve));
		server.answer((_, request) => request.socket.on('close', hungUp));
		const clock = new ManualClock();
		const delivery = deliver(draft, { endpoint: server.endpoint, fetch, clock, timeoutMs: 15_000 });
		await server.arrival;
		clock.pass(15_000);
		expect(await delivery).toEqual({
			kind: 'unreachable',
			reason: 'No answer within 15 seconds. The message may have arrived or not.'
		});
		await closed;
	});

	it('because it talks without end: no more is read than an answer needs', async () => {
		server.answer((response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			const talk = () => {
				while (!response.destroyed && response.write('x'.repeat(10_000)));
				if (!response.destroyed) response.once('drain', talk);
			};
			talk();
		});
		expect((await send()).kind).toBe('unreachable');
	});
});
