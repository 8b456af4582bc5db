import { visitStore, type KeyValueStore } from '$lib/platform';

const key = 'fournines:booted';

/**
 * Watches a boot log type itself (the style sheet does the typing) and ends it at any key or click, or when its last
 * line is out. Ended once, it stays so for the visit: `static/theme.js` reads the same mark before the first paint.
 * Answers with the way to stop watching.
 */
export function watchBoot(log: Element, store: KeyValueStore = visitStore()): () => void {
	const page = log.ownerDocument.documentElement;
	const stop = () => {
		removeEventListener('keydown', end);
		removeEventListener('pointerdown', end);
		log.removeEventListener('animationend', endAfterLastLine);
	};
	const end = () => {
		stop();
		page.dataset['booted'] = '';
		try {
			store.setItem(key, '1');
		} catch {
			// A device that keeps nothing sees it typed again on the next load.
		}
	};
	const endAfterLastLine = (event: Event) => {
		if (event.target === log.lastElementChild) end();
	};
	if (page.dataset['booted'] !== undefined) return stop;
	addEventListener('keydown', end);
	addEventListener('pointerdown', end);
	log.addEventListener('animationend', endAfterLastLine);
	// The page may come to life after the log is out; then there is no event left to wait for.
	const running = log.lastElementChild?.getAnimations?.();
	if (running?.length === 0) end();
	return stop;
}
