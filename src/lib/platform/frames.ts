/**
 * Calls back before each paint with the real milliseconds since the start, until stopped. Nothing runs while the tab
 * is hidden: browsers hold the frames back.
 */
export function onFrames(callback: (elapsedMs: number) => void): () => void {
	let start: number | undefined;
	let frame = requestAnimationFrame(function next(now) {
		start ??= now;
		frame = requestAnimationFrame(next);
		callback(now - start);
	});
	return () => cancelAnimationFrame(frame);
}

/** Whether the visitor's system asks for less motion. */
export function reducedMotion(): boolean {
	return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
