import { resolve } from '$app/paths';

/** Absolute address of the site, base path included, without a slash at its end. */
export function homeOf({ origin }: { origin: string }): string {
	return (origin + resolve('/')).replace(/\/+$/, '');
}
