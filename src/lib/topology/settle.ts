import { onFrames, openWorker } from '$lib/platform';
import { settlePositions, type LayoutInput } from './layout';
import type { LayoutStep } from './layout.worker';
import workerAddress from './layout.worker.ts?worker&url';
import { tierOf } from './tiers';

/** Milliseconds of a frame that a layout between frames may take. */
const slice = 4;

/**
 * Lays a large topology out without holding up the page, and tells of every step on the way.
 * @param onfail told a sentence when the worker cannot be loaded
 * @returns the way to call it off
 */
export function settle(
	{ services, calls }: LayoutInput,
	onstep: (step: LayoutStep) => void,
	onfail: (problem: string) => void
): () => void {
	// Only what the layout reads: the rest need not travel, and proxies cannot.
	const input: LayoutInput = {
		services: services.map(({ id, layer }) => ({ id, layer })),
		calls: calls.map(({ id, from, to }) => ({ id, from, to }))
	};
	return tierOf(services.length).layout === 'in a worker'
		? settleInWorker(input, onstep, onfail)
		: settleBetweenFrames(input, onstep);
}

function settleBetweenFrames(input: LayoutInput, onstep: (step: LayoutStep) => void): () => void {
	const settling = settlePositions(input, 1);
	let ticks = 0;
	let milliseconds = 0;
	const stop = onFrames(() => {
		const start = performance.now();
		let step = settling.next();
		ticks++;
		while (!step.done && performance.now() - start < slice) {
			step = settling.next();
			ticks++;
		}
		milliseconds += performance.now() - start;
		const done = step.done ?? false;
		if (done) stop();
		onstep({ positions: step.value, ticks, milliseconds, done });
	});
	return stop;
}

function settleInWorker(
	input: LayoutInput,
	onstep: (step: LayoutStep) => void,
	onfail: (problem: string) => void
): () => void {
	const worker = openWorker(workerAddress);
	worker.onmessage = ({ data: step }: MessageEvent<LayoutStep>) => {
		onstep(step);
		if (step.done) worker.terminate();
	};
	worker.onerror = (event) => {
		event.preventDefault();
		worker.terminate();
		onfail('The layout could not be loaded. Reload the page to try again.');
	};
	worker.postMessage(input);
	return () => worker.terminate();
}
