import { goto } from '$app/navigation';
import { resolve } from '$app/paths';

/** A path of this site with the base path in front, for links whose address is data: `/topology#flow-read`. */
export function withBase(path: string): string {
	return resolve(path as '/');
}

/** Goes to a path of this site, written without the base path. */
export function visit(path: string): Promise<void> {
	// eslint-disable-next-line svelte/no-navigation-without-resolve -- withBase resolves it
	return goto(withBase(path));
}
