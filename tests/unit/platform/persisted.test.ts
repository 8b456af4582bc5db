import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Persisted, type Decoded } from '../../../src/lib/platform/persisted.svelte';
import { memoryStore, type KeyValueStore } from '../../../src/lib/platform/storage';

const decode = (raw: unknown): Decoded<number> =>
	typeof raw === 'number' ? { ok: true, value: raw } : { ok: false, problem: 'it is no number' };

function persisted(store: KeyValueStore) {
	const value = new Persisted({ key: 'count', store, initial: 7, decode });
	value.restore();
	return value;
}

test('what was stored comes back', () => {
	const store = memoryStore();
	persisted(store).current = 42;
	expect(persisted(store).current).toBe(42);
});

test('whatever another hand has stored, it is set aside and said, and nothing throws', () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			const store = memoryStore({ 'fournines:count': text });
			const value = persisted(store);
			let readable = false;
			try {
				readable = typeof JSON.parse(text) === 'number';
			} catch {
				// not JSON
			}
			if (readable) expect(value.problem).toBeUndefined();
			else {
				expect(value.current).toBe(7);
				expect(value.problem).toContain('set aside');
				expect(store.getItem('fournines:count:damaged')).toBe(text);
			}
		})
	);
});

test('a device that refuses to store says so, and the value lives on', () => {
	const store: KeyValueStore = {
		...memoryStore(),
		setItem: () => {
			throw new DOMException('full', 'QuotaExceededError');
		}
	};
	const value = persisted(store);
	value.current = 9;
	expect(value.current).toBe(9);
	expect(value.problem).toMatch(/refuses to store/);
});
