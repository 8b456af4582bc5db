import { trustedScriptUrl } from './trusted-types';

/** A worker of this site. Throws on an address of another. */
export function openWorker(address: string): Worker {
	return new Worker(trustedScriptUrl(address), { type: 'module' });
}
