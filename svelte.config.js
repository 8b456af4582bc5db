import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import adapter from '@sveltejs/adapter-static';
import { parse } from 'yaml';

const contentFolder = process.env.FOURNINES_CONTENT ?? 'src/content';
const out = process.env.FOURNINES_OUT ?? 'build';
const hosts = formHosts();

/** Hosts that the owner's contact form may post to; the policy opens for these and nothing else. */
function formHosts() {
	try {
		const profile = parse(readFileSync(`${contentFolder}/profile.yaml`, 'utf8'));
		return [/** @type {const} */ (new URL(profile.contact.endpoint).origin)];
	} catch {
		return []; // no endpoint, or a file that the content check reports with its line
	}
}

/** All of Kit's configuration lives here; `sveltekit()` in vite.config.ts takes none, or this file would be ignored. */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ pages: out, assets: out }),
		// Inside the checkout, or the server that prerenders could not find its packages.
		outDir: process.env.FOURNINES_OUT ? `.svelte-kit/${basename(out)}` : '.svelte-kit',
		paths: { base: process.env.BASE_PATH ?? '', relative: false },
		prerender: {
			handleHttpError: 'fail',
			handleMissingId: 'fail',
			// A site without records, say, has no page of a record; any other page must be reached by a link.
			handleUnseenRoutes: ({ routes, message }) => {
				if (routes.some((route) => !route.includes('['))) throw new Error(message);
			},
			origin: process.env.SITE_ORIGIN ?? 'https://example.com'
		},
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				// The terminal emulator writes style elements; Kit's route announcer carries one style attribute.
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self', ...hosts],
				'form-action': ['self', ...hosts],
				'worker-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'require-trusted-types-for': ['script'],
				'trusted-types': [
					'svelte-trusted-html',
					'sveltekit-trusted-url',
					'fournines-worker',
					'fournines-html'
				]
			}
		}
	}
};
