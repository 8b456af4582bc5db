import type { Report } from '$lib/simulation';
import type { Health } from '$lib/ui';
import type { Point } from './edges';
import type { Inks } from './inks';
import { serviceHealth } from './service-health';
import type { View } from './viewport';

/** A large topology, prepared for painting. */
export interface Painting {
	/** x and y of each service. */
	xy: Float32Array;
	names: string[];
	ids: string[];
	/** Indexes of caller and callee, in pairs: calls that are waited for, then those that are not. */
	sync: Int32Array;
	async: Int32Array;
	/** Indexes of the services, those with the most calls first: who gets a name when not all can. */
	byWeight: Int32Array;
	rings: { layer: string; radius: number }[];
}

export interface Scene {
	view: View;
	extent: number;
	/** Pixels of the screen. */
	width: number;
	height: number;
	/** Pixels of the device for one of the screen. */
	density: number;
	report: Report | undefined;
	selected: string | undefined;
	involved: ReadonlySet<string> | undefined;
	/** Where a replayed request is. */
	tokens: (Point & { failed: boolean })[];
	/** The view is being moved: what is costly is left out until it rests. */
	moving: boolean;
	inks: Inks;
}

/** Pixels of a character and of a line, and names at most. */
const letter = { width: 7.3, height: 18 };
const mostNames = 120;

/** Draws everything, once. */
export function paint(context: CanvasRenderingContext2D, picture: Painting, scene: Scene): void {
	const { view, extent, width, height, density, inks, involved } = scene;
	const scale = (Math.min(width, height) * view.scale) / (2 * extent);
	context.setTransform(density, 0, 0, density, 0, 0);
	context.fillStyle = inks.ground;
	context.fillRect(0, 0, width, height);
	const across = (x: number) => width / 2 + (x - view.x) * scale;
	const down = (y: number) => height / 2 + (y - view.y) * scale;

	context.lineWidth = 1;
	context.strokeStyle = inks.hairline;
	for (const { radius } of picture.rings) {
		context.beginPath();
		context.arc(across(0), down(0), radius * scale, 0, 2 * Math.PI);
		context.stroke();
	}

	const { xy, ids } = picture;
	const at = (index: number): Point => ({
		x: across(xy[index * 2] ?? 0),
		y: down(xy[index * 2 + 1] ?? 0)
	});
	const lines = (pairs: Int32Array, keep: (from: number, to: number) => boolean) => {
		context.beginPath();
		for (let pair = 0; pair < pairs.length; pair += 2) {
			const [from, to] = [pairs[pair] as number, pairs[pair + 1] as number];
			if (!keep(from, to)) continue;
			const [a, b] = [at(from), at(to)];
			context.moveTo(a.x, a.y);
			context.lineTo(b.x, b.y);
		}
		context.stroke();
	};
	const selected = scene.selected === undefined ? -1 : ids.indexOf(scene.selected);
	if (!scene.moving || picture.sync.length < 2000) {
		// The more lines, the fainter each: together they shade where calls are dense.
		context.globalAlpha = Math.min(0.6, Math.max(0.06, 400 / picture.sync.length));
		context.strokeStyle = inks.edge;
		lines(picture.sync, () => true);
		context.strokeStyle = inks.async;
		lines(picture.async, () => true);
		context.globalAlpha = 1;
	}
	if (selected >= 0) {
		context.lineWidth = 2;
		context.strokeStyle = inks.text;
		const touches = (from: number, to: number) => from === selected || to === selected;
		lines(picture.sync, touches);
		lines(picture.async, touches);
	}

	const radius = Math.max(2, Math.min(9, 16 * scale));
	const healths: Health[] = ids.map((id) => serviceHealth(scene.report?.services[id]));
	const hues: Record<Health, string> = {
		ok: inks.ok,
		degraded: inks.degraded,
		failing: inks.failing,
		idle: inks.edge
	};
	for (const health of ['idle', 'ok', 'degraded', 'failing'] as const) {
		for (const aside of [true, false]) {
			context.beginPath();
			for (let index = 0; index < ids.length; index++) {
				if (healths[index] !== health) continue;
				const isAside = involved !== undefined && !involved.has(ids[index] as string);
				if (isAside !== aside) continue;
				const { x, y } = at(index);
				if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
				// Failing is a square as well as red.
				if (health === 'failing') context.rect(x - radius, y - radius, radius * 2, radius * 2);
				else {
					context.moveTo(x + radius, y);
					context.arc(x, y, radius, 0, 2 * Math.PI);
				}
			}
			context.fillStyle = aside ? inks.hairline : hues[health];
			context.fill();
		}
	}
	if (selected >= 0) {
		const { x, y } = at(selected);
		context.beginPath();
		context.arc(x, y, radius + 4, 0, 2 * Math.PI);
		context.strokeStyle = inks.text;
		context.stroke();
	}
	if (!scene.moving) {
		names(context, picture, scene, at, radius);
		context.fillStyle = inks.quiet;
		for (const ring of picture.rings)
			context.fillText(ring.layer, across(0), down(-ring.radius) - 8);
	}

	for (const token of scene.tokens) {
		context.fillStyle = token.failed ? inks.failing : inks.text;
		context.beginPath();
		context.arc(across(token.x), down(token.y), radius + 2, 0, 2 * Math.PI);
		context.fill();
	}
}

/** Names where there is room, the busiest services' first; the same for the same view. */
function names(
	context: CanvasRenderingContext2D,
	{ ids, names, byWeight }: Painting,
	{ width, height, inks, involved, selected }: Scene,
	at: (index: number) => Point,
	radius: number
): void {
	const family = getComputedStyle(context.canvas).fontFamily;
	context.font = `12px ${family}`;
	context.textBaseline = 'middle';
	context.lineJoin = 'round';
	context.lineWidth = 3;
	context.strokeStyle = inks.ground;
	const taken: { left: number; right: number; y: number }[] = [];
	const write = (index: number) => {
		const { x, y } = at(index);
		const name = names[index] as string;
		const text = name.length > 18 ? `${name.slice(0, 17)}…` : name;
		const left = x + radius + 4;
		const right = left + text.length * letter.width;
		if (taken.length >= mostNames || x < 0 || y < 0 || right > width || y > height) return;
		const covers = taken.some(
			(other) => left < other.right && other.left < right && Math.abs(other.y - y) < letter.height
		);
		if (covers) return;
		taken.push({ left, right, y });
		context.strokeText(text, left, y);
		context.fillStyle = ids[index] === selected ? inks.text : inks.quiet;
		context.fillText(text, left, y);
	};
	if (selected !== undefined) {
		const index = ids.indexOf(selected);
		if (index >= 0) write(index);
	}
	for (const index of byWeight) if (!involved || involved.has(ids[index] as string)) write(index);
}
