/** The part of `Storage` that is used; tests hand in a map. */
export interface KeyValueStore {
	getItem(key: string): string | null;
	setItem(key: string, value: string): void;
	removeItem(key: string): void;
}

/** Keeps nothing beyond the visit; stands in where the device's store is absent or refused. */
export function memoryStore(entries: Record<string, string> = {}): KeyValueStore {
	const map = new Map(Object.entries(entries));
	return {
		getItem: (key) => map.get(key) ?? null,
		setItem: (key, value) => void map.set(key, value),
		removeItem: (key) => void map.delete(key)
	};
}

/** The device's store, or one in memory where the browser denies it (private windows, blocked cookies, prerendering). */
export function deviceStore(): KeyValueStore {
	return usable(() => globalThis.localStorage);
}

/** Like {@link deviceStore}, but forgotten when the tab is closed. */
export function visitStore(): KeyValueStore {
	return usable(() => globalThis.sessionStorage);
}

function usable(open: () => KeyValueStore): KeyValueStore {
	try {
		const store = open();
		const probe = 'fournines:probe';
		store.setItem(probe, '');
		store.removeItem(probe);
		return store;
	} catch {
		return memoryStore();
	}
}
