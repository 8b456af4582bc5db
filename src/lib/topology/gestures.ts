import type { Attachment } from 'svelte/attachments';
import type { Point } from './edges';
import { panBy, pointAt, unitsPerPixel, zoomAt, type View } from './viewport';

/** What the gestures move. */
export interface Movable {
	view: View;
	readonly extent: number;
}

/** Lets what is drawn know how near it is seen: its size is to grow with the root of the magnification only. */
export function mapScale(map: Pick<Movable, 'view'>): Attachment<HTMLElement> {
	return (element) => element.style.setProperty('--shrink', String(1 / Math.sqrt(map.view.scale)));
}

/** Further than this with the button down is a drag and no click; pixels. */
const tolerance = 3;

/**
 * Zoom by wheel (with Ctrl or ⌘ held, as for a page; a trackpad's pinch comes as that) and by two fingers, pan by
 * dragging once zoomed in. A page that is scrolled over the drawing goes on scrolling.
 */
export function mapGestures(map: Movable): Attachment<HTMLElement> {
	return (element) => {
		const pointers = new Map<number, Point>();
		let dragged = false;

		const box = () => element.getBoundingClientRect();
		const place = (client: Point) => pointAt(client, box(), map.view, map.extent);

		function onwheel(event: WheelEvent) {
			if (!event.ctrlKey && !event.metaKey) return;
			event.preventDefault();
			const pixels = event.deltaMode === 0 ? event.deltaY : event.deltaY * 16;
			const factor = Math.exp(-Math.max(-60, Math.min(60, pixels)) * 0.01);
			map.view = zoomAt(
				map.view,
				factor,
				place({ x: event.clientX, y: event.clientY }),
				map.extent
			);
		}

		function ondown(event: PointerEvent) {
			if (event.button !== 0) return;
			if (pointers.size === 0) dragged = false;
			pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
		}

		function onmove(event: PointerEvent) {
			const before = pointers.get(event.pointerId);
			if (!before) return;
			const now = { x: event.clientX, y: event.clientY };
			const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
			if (other) {
				const spread = (a: Point) => Math.max(10, Math.hypot(a.x - other.x, a.y - other.y));
				const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
				map.view = zoomAt(map.view, spread(now) / spread(before), place(middle), map.extent);
			}
			if (!other && map.view.scale === 1) return;
			if (!dragged && Math.hypot(now.x - before.x, now.y - before.y) < tolerance && !other) return;
			dragged = true;
			const unit = unitsPerPixel(box(), map.view, map.extent) * (other ? 0.5 : 1);
			map.view = panBy(map.view, (before.x - now.x) * unit, (before.y - now.y) * unit, map.extent);
			pointers.set(event.pointerId, now);
			if (event.isPrimary && !element.hasPointerCapture(event.pointerId))
				element.setPointerCapture(event.pointerId);
		}

		function onup(event: PointerEvent) {
			pointers.delete(event.pointerId);
		}

		/** The end of a drag is no click on what happens to lie there. */
		function onclick(event: MouseEvent) {
			if (!dragged) return;
			dragged = false;
			event.stopPropagation();
			event.preventDefault();
		}

		element.addEventListener('wheel', onwheel, { passive: false });
		element.addEventListener('pointerdown', ondown);
		element.addEventListener('pointermove', onmove);
		element.addEventListener('pointerup', onup);
		element.addEventListener('pointercancel', onup);
		element.addEventListener('click', onclick, { capture: true });
		return () => {
			element.removeEventListener('wheel', onwheel);
			element.removeEventListener('pointerdown', ondown);
			element.removeEventListener('pointermove', onmove);
			element.removeEventListener('pointerup', onup);
			element.removeEventListener('pointercancel', onup);
			element.removeEventListener('click', onclick, { capture: true });
		};
	};
}
