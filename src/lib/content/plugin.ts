import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport, type Plugin } from 'vite';

const id = 'virtual:site';
const resolvedId = `\0${id}`;

/** Where the owner's words are. */
export function contentFolder(): string {
	return process.env['FOURNINES_CONTENT'] ?? 'src/content';
}

/**
 * Hands the validated site over as `virtual:site`. What is wrong with the content stops dev and build with all
 * problems at once; in dev, a mended file mends the page.
 * @param loader module whose `loadFolder` reads and checks the folder
 */
export function content(loader: URL): Plugin {
	const folder = contentFolder();
	async function load(): Promise<string> {
		// Through Vite's own loader, so that vite.config.ts stays free of the content room's imports.
		const { module } = await runnerImport<typeof import('./load-folder')>(fileURLToPath(loader), {
			configFile: false
		});
		return `export default ${JSON.stringify(module.loadFolder(folder))}`;
	}
	return {
		name: 'fournines:content',
		async buildStart() {
			await load();
		},
		resolveId: (source) => (source === id ? resolvedId : undefined),
		load: (source) => (source === resolvedId ? load() : undefined),
		configureServer(server) {
			const root = resolve(folder);
			server.watcher.add(root);
			server.watcher.on('all', (_event, file) => {
				if (!resolve(file).startsWith(root)) return;
				for (const environment of Object.values(server.environments)) {
					const module = environment.moduleGraph.getModuleById(resolvedId);
					if (module) environment.moduleGraph.invalidateModule(module);
				}
				server.ws.send({ type: 'full-reload' });
			});
		}
	};
}
