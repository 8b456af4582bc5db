import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.woff2': 'font/woff2',
	'.txt': 'text/plain; charset=utf-8',
	'.xml': 'application/xml; charset=utf-8',
	'.vcf': 'text/vcard; charset=utf-8'
};

/** The file a static host serves for a path: itself, with .html, or the folder's index. */
function fileFor(folder: string, path: string): string | undefined {
	const wanted = normalize(join(folder, path));
	if (wanted !== folder && !wanted.startsWith(folder + sep)) return undefined;
	return [wanted, `${wanted}.html`, join(wanted, 'index.html')].find(
		(file) => existsSync(file) && statSync(file).isFile()
	);
}

/** Rules of a `_headers` file: a path, maybe ending in `*`, and below it the headers for what it covers. */
function headersFor(folder: string): (path: string) => Record<string, string> {
	const file = join(folder, '_headers');
	const rules: { path: string; headers: Record<string, string> }[] = [];
	for (const line of existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : []) {
		const [, name, value] = /^\s+([^:]+):\s*(.*)$/.exec(line) ?? [];
		if (name && value !== undefined) Object.assign(rules.at(-1)?.headers ?? {}, { [name]: value });
		else if (line.trim()) rules.push({ path: line.trim(), headers: {} });
	}
	return (path) =>
		Object.assign(
			{},
			...rules
				.filter((rule) =>
					rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path
				)
				.map(({ headers }) => headers)
		) as Record<string, string>;
}

/** Serves a built site as static hosts do: clean addresses, its `_headers`, 404.html for what is not there. Port 0 takes a free one. */
export function serveFolder(
	folder: string,
	base = ''
): Promise<{ origin: string; close(): Promise<void> }> {
	const root = normalize(folder).replace(/[\\/]$/, '');
	const headersOf = headersFor(root);
	const server: Server = createServer((request, response) => {
		let path: string;
		try {
			path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
		} catch {
			response.writeHead(400).end();
			return;
		}
		const inside = path === base || path.startsWith(`${base}/`);
		const file = inside ? fileFor(root, path.slice(base.length) || '/') : undefined;
		const served = file ?? join(root, '404.html');
		if (!existsSync(served)) {
			response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
			return;
		}
		response.writeHead(file ? 200 : 404, {
			...headersOf(path.slice(base.length)),
			'content-type': types[extname(served)] ?? 'application/octet-stream'
		});
		createReadStream(served).pipe(response);
	});
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			const port = typeof address === 'object' && address ? address.port : 0;
			resolve({
				origin: `http://127.0.0.1:${port}`,
				close: () =>
					new Promise((done) => {
						server.closeAllConnections();
						server.close(() => done());
					})
			});
		});
	});
}
