import { Persisted } from './persisted.svelte';
import { deviceStore } from './storage';

export const themes = ['system', 'dark', 'light', 'contrast'] as const;
export type ThemeName = (typeof themes)[number];

function isTheme(raw: unknown): raw is ThemeName {
	return themes.some((name) => name === raw);
}

/** The theme of this device. `static/theme.js` sets the same attribute before the first paint. */
class Theme {
	#stored = new Persisted<ThemeName>({
		key: 'theme',
		store: deviceStore(),
		initial: 'system',
		decode: (raw) =>
			isTheme(raw) ? { ok: true, value: raw } : { ok: false, problem: 'no such theme' }
	});

	get current(): ThemeName {
		return this.#stored.current;
	}

	set current(name: ThemeName) {
		this.#stored.current = name;
		this.#show();
	}

	/** Call once, when the page is live. */
	restore(): void {
		this.#stored.restore();
		this.#show();
	}

	#show(): void {
		const { dataset } = document.documentElement;
		if (this.current === 'system') delete dataset['theme'];
		else dataset['theme'] = this.current;
	}
}

export const theme = new Theme();
