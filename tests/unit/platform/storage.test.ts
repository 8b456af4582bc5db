import { afterEach, expect, test, vi } from 'vitest';
import { deviceStore, visitStore } from '../../../src/lib/platform/storage';

afterEach(() => vi.unstubAllGlobals());

const doors = [
	['localStorage', deviceStore],
	['sessionStorage', visitStore]
] as const;

test.each(doors)('where the browser denies %s, values live as long as the visit', (name, open) => {
	vi.stubGlobal(name, undefined);
	const store = open();
	store.setItem('theme', 'light');
	expect(store.getItem('theme')).toBe('light');
	store.removeItem('theme');
	expect(store.getItem('theme')).toBeNull();
});

test.each(doors)('where %s is there but full, nothing throws', (name, open) => {
	vi.stubGlobal(name, {
		getItem: () => null,
		setItem: () => {
			throw new DOMException('full', 'QuotaExceededError');
		},
		removeItem: () => undefined
	});
	const store = open();
	store.setItem('theme', 'dark');
	expect(store.getItem('theme')).toBe('dark');
});

test.each(doors)('%s is used where it works, and the probe leaves nothing behind', (name, open) => {
	const entries = new Map([['theme', 'contrast']]);
	vi.stubGlobal(name, {
		getItem: (key: string) => entries.get(key) ?? null,
		setItem: (key: string, value: string) => void entries.set(key, value),
		removeItem: (key: string) => void entries.delete(key)
	});
	expect(open().getItem('theme')).toBe('contrast');
	expect([...entries.keys()]).toEqual(['theme']);
});
