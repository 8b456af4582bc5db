import type { Point } from './edges';

/** The part of a drawing that is seen: its centre, in units of the drawing, and how much it is magnified. */
export interface View {
	x: number;
	y: number;
	/** 1 shows everything. */
	scale: number;
}

export const wholeView: View = { x: 0, y: 0, scale: 1 };
/** Half the side of a window that still shows a service and its neighbours. */
const closest = 90;

/** As the `viewBox` of an SVG. */
export function viewBoxOf({ x, y, scale }: View, extent: number): string {
	const half = extent / scale;
	return [x - half, y - half, half * 2, half * 2].map((value) => +value.toFixed(2)).join(' ');
}

/** Inside the drawing, and neither smaller than it nor absurdly close. */
export function clampView({ x, y, scale }: View, extent: number): View {
	const near = Math.min(Math.max(1, scale), Math.max(1, extent / closest));
	const room = extent * (1 - 1 / near);
	const inside = (value: number) => Math.min(room, Math.max(-room, value)) || 0;
	return { x: inside(x), y: inside(y), scale: near };
}

/** Magnified by a factor, with a point of the drawing staying where it is on the screen. */
export function zoomAt(view: View, factor: number, point: Point, extent: number): View {
	const { scale } = clampView({ ...view, scale: view.scale * factor }, extent);
	const kept = view.scale / scale;
	return clampView(
		{ x: point.x - (point.x - view.x) * kept, y: point.y - (point.y - view.y) * kept, scale },
		extent
	);
}

/** Moved by so many units of the drawing. */
export function panBy(view: View, dx: number, dy: number, extent: number): View {
	return clampView({ ...view, x: view.x + dx, y: view.y + dy }, extent);
}

/** Moved just so far that a point is well inside; the same view where it is already. */
export function showing(view: View, point: Point, extent: number): View {
	const room = (extent / view.scale) * 0.85;
	const near = (centre: number, value: number) =>
		Math.min(value + room, Math.max(value - room, centre));
	const x = near(view.x, point.x);
	const y = near(view.y, point.y);
	return x === view.x && y === view.y ? view : clampView({ ...view, x, y }, extent);
}

/** Where a point of the screen lies in the drawing, which fills the middle of its box. */
export function pointAt(
	client: Point,
	box: { left: number; top: number; width: number; height: number },
	view: View,
	extent: number
): Point {
	const unit = unitsPerPixel(box, view, extent);
	return {
		x: view.x + (client.x - box.left - box.width / 2) * unit,
		y: view.y + (client.y - box.top - box.height / 2) * unit
	};
}

/** Units of the drawing for one pixel of the screen. */
export function unitsPerPixel(
	{ width, height }: { width: number; height: number },
	{ scale }: View,
	extent: number
): number {
	return (2 * extent) / scale / Math.max(1, Math.min(width, height));
}
