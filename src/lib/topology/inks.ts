export const inkNames = [
	'ground',
	'hairline',
	'edge',
	'text',
	'quiet',
	'async',
	'ok',
	'degraded',
	'failing'
] as const;

/** Colours of the theme as plain values, for a canvas and for files, which know no custom properties. */
export type Inks = Record<(typeof inkNames)[number], string>;

/** The colours as they are inside an element now. */
export function inksIn(element: Element): Inks {
	const sample = element.appendChild(document.createElement('i'));
	const inks = Object.fromEntries(
		inkNames.map((name) => {
			sample.style.color = `var(--${name})`;
			return [name, getComputedStyle(sample).color];
		})
	) as Inks;
	sample.remove();
	return inks;
}
