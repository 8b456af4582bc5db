declare global {
	namespace App {
		interface Error {
			message: string;
		}
	}
	/** Content as the build's plugin hands it over; see src/lib/content/plugin.ts. */
}

declare module 'virtual:site' {
	import type { Site } from '$lib/content';
	const site: Site;
	export default site;
}

export {};
