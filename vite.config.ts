import { svelteTesting } from '@testing-library/svelte/vite';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { content } from './src/lib/content/plugin.ts';

export default defineConfig({
	plugins: [content(new URL('./src/load-site.ts', import.meta.url)), sveltekit()],
	resolve: {
		alias: {
			turndown: new URL('src/lib/terminal/absent-turndown.ts', import.meta.url).pathname
		}
	},
	build: {
		target: 'es2022',
		rolldownOptions: {
			output: {
				codeSplitting: {
					groups: [
						{ name: 'base', test: /node_modules[\\/](svelte|@sveltejs|esm-env|clsx|devalue)[\\/]/ },
						// What the map draws with, and nothing of what it can do: that comes when somebody is there.
						{
							name: 'map',
							test: /topology[\\/](MapDrawing|TopologyMap|NodeShape|Legend|TopologyTable|edges|label-lines|service-health)\.(svelte|ts)/
						},
						{ name: 'shared', test: /src[\\/]lib[\\/](?!topology)/, minShareCount: 4 }
					]
				}
			}
		}
	},
	worker: { format: 'es' },
	test: {
		expect: { requireAssertions: true },
		restoreMocks: true,
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					include: ['tests/unit/**/*.test.ts'],
					testTimeout: 120_000
				}
			},
			{
				extends: true,
				// Only here: it makes every module its browser self, which the others' plain Node cannot load.
				plugins: [svelteTesting()],
				test: {
					name: 'component',
					environment: 'jsdom',
					include: ['tests/component/**/*.test.ts'],
					setupFiles: ['tests/helpers/component-setup.ts'],
					testTimeout: 30_000
				}
			},
			{
				extends: true,
				test: {
					name: 'browser',
					environment: 'node',
					include: ['tests/browser/**/*.test.ts'],
					globalSetup: ['tests/helpers/built-site.ts'],
					fileParallelism: false,
					testTimeout: 60_000,
					hookTimeout: 60_000
				}
			}
		]
	}
});
