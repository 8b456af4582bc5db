import type { Attachment } from 'svelte/attachments';

/** How the keystroke is written on the page. */
export const recruiterKeys = 'Alt+R';

type Stroke = Pick<
	KeyboardEvent,
	'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'repeat'
> & { getModifierState?(key: string): boolean };

/**
 * Whether a keystroke asks for recruiter mode: Alt (Option) and R, nothing else held. A letter alone would break
 * WCAG 2.1.4, and AltGr is how some keyboards write characters. Option turns R into another sign on a Mac, so where the
 * key writes no Latin letter its place on the keyboard decides.
 */
export function isRecruiterStroke(stroke: Stroke): boolean {
	if (!stroke.altKey || stroke.ctrlKey || stroke.metaKey || stroke.shiftKey || stroke.repeat) {
		return false;
	}
	if (stroke.getModifierState?.('AltGraph')) return false;
	if (/^[a-z]$/i.test(stroke.key)) return stroke.key.toLowerCase() === 'r';
	return stroke.code === 'KeyR';
}

/** Attached to any element of the page, opens recruiter mode at {@link recruiterKeys}, wherever the focus is. */
export function recruiterShortcut(open: () => void): Attachment<Element> {
	return (element) => {
		const document = element.ownerDocument;
		const listen = (event: KeyboardEvent) => {
			if (event.defaultPrevented || !isRecruiterStroke(event)) return;
			event.preventDefault();
			open();
		};
		document.addEventListener('keydown', listen);
		return () => document.removeEventListener('keydown', listen);
	};
}
