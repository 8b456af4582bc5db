import {
	forceCollide,
	forceLink,
	forceManyBody,
	forceRadial,
	forceSimulation,
	type SimulationNodeDatum
} from 'd3-force';
import type { Layer, Topology } from '$lib/simulation';
import { bendCalls, drawable, type Point } from './edges';
import { placeLabels, type Label } from './labels';
import { bandsFor, ringOrder, rowRadius, spreadAngles, type Band } from './rings';

/** Where everything is drawn, in the units of a square view box centred on 0 0. */
export interface Layout {
	/** Half the side of the view box. */
	extent: number;
	/** One for each layer that has services, inside to outside. */
	rings: { layer: Layer; radius: number; caption: Point }[];
	/** A label is left out where it would cover something else. */
	nodes: Record<string, PlacedNode>;
	/** Control point of each call's curve, by call id. */
	bends: Record<string, Point>;
}

export interface PlacedNode extends Point {
	label?: Label;
}

interface Node extends SimulationNodeDatum {
	id: string;
	ring: number;
}

interface Input {
	services: (Pick<Topology['services'][number], 'id' | 'layer'> & { name?: string })[];
	calls: Topology['calls'];
}

/** Room outside the outermost ring for nodes and their labels. */
const margin = 58;
const nodeApart = 96;

/**
 * Positions of all services: a force layout run to rest, every service put exactly on a row of its layer's band, the
 * picture turned to where its labels fit best. The same topology gives the same picture; nothing here is random.
 */
export function layoutTopology({ services, calls }: Input): Layout {
	const used = ringOrder.filter((layer) => services.some((service) => service.layer === layer));
	const bands = bandsFor(
		used.map((layer) => services.filter((each) => each.layer === layer).length)
	);
	const nodes = settle(services, calls, used, bands);
	const extent = Math.round(Math.max(...bands.map((b) => rowRadius(b, b.rows - 1)), 0) + margin);
	const turns = nodes.length <= 60 ? 48 : 1;
	let best: (Picture & { cost: number }) | undefined;
	for (let turn = 0; turn < turns; turn++) {
		const picture = pictureOf(
			nodes,
			{ services, calls, bands, extent },
			(turn * 2 * Math.PI) / turns
		);
		if (!best || picture.cost < best.cost) best = picture;
	}
	const captionAngle = clearestAngle(Object.values(best?.nodes ?? {}), bands);
	return {
		extent,
		rings: used.map((layer, ring) => {
			const radius = bands[ring]?.radius ?? 0;
			return { layer, radius: round(radius), caption: at(captionAngle, radius) };
		}),
		nodes: best?.nodes ?? {},
		bends: best?.bends ?? {}
	};
}

/** The force layout itself; answers with each node's angle around the centre. */
function settle(
	services: Input['services'],
	calls: Input['calls'],
	used: Layer[],
	bands: Band[]
): { id: string; ring: number; angle: number }[] {
	const seen = used.map(() => 0);
	const counts = used.map((layer) => services.filter((each) => each.layer === layer).length);
	const nodes = services.map((service): Node => {
		const ring = used.indexOf(service.layer);
		const index = seen[ring] ?? 0;
		seen[ring] = index + 1;
		const angle = (2 * Math.PI * index) / (counts[ring] ?? 1) + ring * 0.7;
		return { id: service.id, ring, ...at(angle, bands[ring]?.radius ?? 0) };
	});
	const known = Object.fromEntries(nodes.map(({ id }) => [id, { x: 0, y: 0 }]));
	const links = drawable(calls, known).map(({ from, to }) => ({ source: from, target: to }));
	forceSimulation(nodes)
		.force('ring', forceRadial<Node>((node) => bands[node.ring]?.radius ?? 0).strength(1))
		.force(
			'calls',
			forceLink<Node, (typeof links)[number]>(links)
				.id(({ id }) => id)
				.distance(nodeApart)
				.strength(0.15)
		)
		.force('apart', forceManyBody<Node>().strength(-200))
		.force('collide', forceCollide<Node>(34))
		.stop()
		.tick(nodes.length > 1000 ? 80 : 300);
	return nodes.map(({ id, ring, x = 0, y = 0 }) => ({ id, ring, angle: Math.atan2(y, x) }));
}

interface Picture {
	nodes: Record<string, PlacedNode>;
	bends: Record<string, Point>;
}

/** Nodes on their rows, curves and labels, with the whole turned by so many radians. */
function pictureOf(
	settled: { id: string; ring: number; angle: number }[],
	{ services, calls, bands, extent }: Input & { bands: Band[]; extent: number },
	turn: number
): Picture & { cost: number } {
	const places: Record<string, Point> = Object.create(null) as Record<string, Point>;
	bands.forEach((band, ring) => {
		const here = settled
			.filter((node) => node.ring === ring)
			.sort((a, b) => a.angle - b.angle || (a.id < b.id ? -1 : 1));
		for (let row = 0; row < band.rows; row++) {
			const inRow = here.filter((_, index) => index % band.rows === row);
			const radius = rowRadius(band, row);
			const angles = spreadAngles(
				inRow.map(({ angle }) => angle + turn),
				nodeApart / radius
			);
			inRow.forEach(({ id }, index) => (places[id] = at(angles[index] ?? 0, radius)));
		}
	});
	const bends = bendCalls(calls, places);
	const degree = new Map<string, number>();
	for (const { from, to } of calls)
		for (const id of [from, to]) degree.set(id, (degree.get(id) ?? 0) + 1);
	const { labels, cost } = placeLabels(
		services.map(({ id, name }) => ({
			...(places[id] ?? { x: 0, y: 0 }),
			name: name ?? id,
			weight: degree.get(id) ?? 0
		})),
		drawable(calls, places).flatMap(({ id, from, to }) => {
			const [a, bend, b] = [places[from], bends[id], places[to]];
			return a && bend && b ? [[a, bend, b] as [Point, Point, Point]] : [];
		}),
		extent
	);
	const nodes = Object.fromEntries(
		services.map(({ id }, index): [string, PlacedNode] => {
			const label = labels[index];
			return [id, { ...(places[id] ?? { x: 0, y: 0 }), ...(label && { label }) }];
		})
	);
	return { nodes, bends, cost };
}

/** Where the names of the rings stand in nobody's way; near the top where that is as good. */
function clearestAngle(nodes: PlacedNode[], bands: Band[]): number {
	let best = -Math.PI / 2;
	let bestRoom = -Infinity;
	for (let step = 0; step < 48; step++) {
		const angle = -Math.PI / 2 + ((step % 2 ? 1 : -1) * Math.ceil(step / 2) * Math.PI) / 24;
		let room = 90;
		for (const { radius } of bands) {
			const { x, y } = at(angle, radius);
			for (const node of nodes)
				for (const ink of [node, ...(node.label ? [offset(node, node.label)] : [])])
					room = Math.min(room, Math.hypot((ink.x - x) * 0.7, ink.y - y));
		}
		if (room > bestRoom + 1) [best, bestRoom] = [angle, room];
	}
	return best;
}

function offset({ x, y }: Point, label: Label): Point {
	const aside = label.anchor === 'middle' ? 0 : label.anchor === 'start' ? 45 : -45;
	return { x: x + label.x + aside, y: y + label.y };
}

function at(angle: number, radius: number): Point {
	return { x: round(Math.cos(angle) * radius), y: round(Math.sin(angle) * radius) };
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
