import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Behaviour = (response: ServerResponse, request: IncomingMessage) => void;

/** A form service on this machine that behaves as told and remembers what it was sent. */
export async function startFormServer() {
	let behaviour: Behaviour = (response) => response.end();
	const received: { fields: URLSearchParams; accept: string | undefined; path: string }[] = [];
	let arrived: () => void = () => undefined;
	let arrival = new Promise<void>((resolve) => (arrived = resolve));

	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8');
		request.on('data', (chunk: string) => (body += chunk));
		request.on('end', () => {
			received.push({
				fields: new URLSearchParams(body),
				accept: request.headers.accept,
				path: request.url ?? ''
			});
			arrived();
			behaviour(response, request);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;

	return {
		endpoint: `http://127.0.0.1:${port}/messages`,
		received,
		/** How to answer from now on; forgets what came before. */
		answer(next: Behaviour) {
			behaviour = next;
			received.length = 0;
			arrival = new Promise((resolve) => (arrived = resolve));
		},
		/** Resolves once a message has arrived since `answer`. */
		get arrival() {
			return arrival;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}

export function answerJson(status: number, body: unknown): Behaviour {
	return (response) => {
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(JSON.stringify(body));
	};
}

export function answerText(status: number, body: string, type = 'text/html'): Behaviour {
	return (response) => {
		response.writeHead(status, { 'content-type': type });
		response.end(body);
	};
}
