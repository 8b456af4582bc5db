const signs = ['pointermove', 'pointerdown', 'keydown', 'touchstart', 'scroll', 'focusin'] as const;

/**
 * Calls back once, at the first sign that somebody is here: what is not needed to read the page loads only then.
 * Answers with the way to call it off.
 */
export function onFirstIntent(callback: () => void): () => void {
	const off = () => signs.forEach((sign) => removeEventListener(sign, once));
	const once = () => {
		off();
		callback();
	};
	for (const sign of signs) addEventListener(sign, once, { passive: true });
	return off;
}

/** Calls back whenever the tab is hidden or shown again. Answers with the way to stop. */
export function onVisibility(callback: (visible: boolean) => void): () => void {
	const listener = () => callback(document.visibilityState === 'visible');
	document.addEventListener('visibilitychange', listener);
	return () => document.removeEventListener('visibilitychange', listener);
}
