import { openWorker } from '$lib/platform';
import type { ImportResult } from './imported';
import workerAddress from './import.worker.ts?worker&url';

/** Reads a visitor's text aside, so that the page stays alive whatever it is. Rejects with a sentence for the visitor. */
export function readInWorker(text: string): Promise<ImportResult> {
	return new Promise<ImportResult>((resolve, reject) => {
		const worker = openWorker(workerAddress);
		const end = (then: () => void) => {
			worker.terminate();
			then();
		};
		worker.onmessage = ({ data }: MessageEvent<ImportResult>) => end(() => resolve(data));
		worker.onerror = (event) => {
			event.preventDefault();
			end(() =>
				reject(
					new Error('What reads topologies could not be loaded. Reload the page to try again.')
				)
			);
		};
		worker.postMessage(text);
	});
}
