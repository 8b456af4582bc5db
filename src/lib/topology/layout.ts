import { forceLink, forceRadial, forceSimulation, type SimulationNodeDatum } from 'd3-force';
import type { Layer, Topology } from '$lib/simulation';
import { bendCalls } from './bends';
import { drawable, type Point } from './edges';
import { apart } from './forces/apart';
import { repulsion } from './forces/repulsion';
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

/** Where the services of a large topology stand: plain numbers, which a worker can hand over without copying. */
export interface Positions {
	extent: number;
	rings: { layer: Layer; radius: number }[];
	/** x and y of each service, in the order of the services. */
	xy: Float32Array;
}

interface Node extends SimulationNodeDatum {
	id: string;
	ring: number;
}

/** What a layout needs of a topology. */
export interface LayoutInput {
	services: (Pick<Topology['services'][number], 'id' | 'layer'> & { name?: string })[];
	calls: Pick<Topology['calls'][number], 'id' | 'from' | 'to'>[];
}

/** Room outside the outermost ring for nodes and their labels. */
const margin = 58;
const nodeApart = 96;
/** Ticks until d3's cooling has come to rest, as it counts them itself. */
const ticksToRest = 300;
/** Warmth that a changed topology starts with, so that what has its place stays about there. */
const lukewarm = 0.05;

/**
 * Positions of all services: a force layout run to rest, every service put exactly on a row of its layer's band, the
 * picture turned to where its labels fit best. The same topology gives the same picture; nothing here is random.
 * @param previous a layout of nearly the same topology, whose services are to stay about where they are
 */
export function layoutTopology({ services, calls }: LayoutInput, previous?: Layout): Layout {
	const frame = frameOf(services);
	const { used, bands, extent } = frame;
	const nodes = startOf(services, calls, frame, previous?.nodes);
	const simulation = simulationOf(nodes, calls, bands);
	if (previous) simulation.alpha(lukewarm);
	simulation.tick(ticksToRest);
	const turns = nodes.length <= 60 && !previous ? 48 : 1;
	let best: (Picture & { cost: number }) | undefined;
	for (let turn = 0; turn < turns; turn++) {
		const places = onRows(nodes, bands, (turn * 2 * Math.PI) / turns, previous?.nodes);
		const picture = pictureOf(places, { services, calls, extent });
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

/**
 * The same for thousands of services, without labels and curves: answers with the positions on the way after every so
 * many ticks, and at last with those on the rows.
 */
export function* settlePositions(
	{ services, calls }: LayoutInput,
	ticksAtOnce = 10
): Generator<Positions, Positions> {
	const frame = frameOf(services);
	const { used, bands, extent } = frame;
	const rings = used.map((layer, ring) => ({ layer, radius: bands[ring]?.radius ?? 0 }));
	const nodes = startOf(services, calls, frame);
	const simulation = simulationOf(nodes, calls, bands);
	const positions = (places: Iterable<Point>): Positions => ({
		extent,
		rings,
		xy: Float32Array.from([...places].flatMap(({ x, y }) => [x, y]))
	});
	for (let tick = 0; tick < ticksToRest; tick += ticksAtOnce) {
		simulation.tick(Math.min(ticksAtOnce, ticksToRest - tick));
		yield positions(nodes.map(({ x = 0, y = 0 }) => ({ x, y })));
	}
	const places = onRows(nodes, bands, 0);
	return positions(services.map(({ id }) => places[id] ?? { x: 0, y: 0 }));
}

interface Frame {
	/** Layers that have services, inside to outside. */
	used: Layer[];
	/** Theirs, in that order. */
	bands: Band[];
	extent: number;
}

function frameOf(services: LayoutInput['services']): Frame {
	const counts = new Map<Layer, number>();
	for (const { layer } of services) counts.set(layer, (counts.get(layer) ?? 0) + 1);
	const used = ringOrder.filter((layer) => counts.has(layer));
	const bands = bandsFor(used.map((layer) => counts.get(layer) ?? 0));
	const outermost = Math.max(...bands.map((band) => rowRadius(band, band.rows - 1)), 0);
	return { used, bands, extent: Math.round(outermost + margin) };
}

/** Evenly on the rings, or where they stood before; who is new begins amid its neighbours. */
function startOf(
	services: LayoutInput['services'],
	calls: LayoutInput['calls'],
	{ used, bands }: Frame,
	previous?: Record<string, Point>
): Node[] {
	const seen = used.map(() => 0);
	const counts = used.map((layer) => services.filter((each) => each.layer === layer).length);
	return services.map((service): Node => {
		const ring = used.indexOf(service.layer);
		const index = seen[ring] ?? 0;
		seen[ring] = index + 1;
		const angle = (2 * Math.PI * index) / (counts[ring] ?? 1) + ring * 0.7;
		const place = previous && (previous[service.id] ?? amid(service.id, calls, previous));
		return { id: service.id, ring, ...(place ?? at(angle, bands[ring]?.radius ?? 0)) };
	});
}

function amid(
	id: string,
	calls: LayoutInput['calls'],
	places: Record<string, Point>
): Point | undefined {
	const near = calls.flatMap(({ from, to }) =>
		from === id ? (places[to] ?? []) : to === id ? (places[from] ?? []) : []
	);
	const mean = (values: number[]) => values.reduce((sum, each) => sum + each, 0) / near.length;
	return near.length
		? { x: mean(near.map(({ x }) => x)), y: mean(near.map(({ y }) => y)) }
		: undefined;
}

function simulationOf(nodes: Node[], calls: LayoutInput['calls'], bands: Band[]) {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const links = calls.flatMap(({ from, to }) => {
		const [source, target] = [byId.get(from), byId.get(to)];
		return source && target && source !== target ? [{ source, target }] : [];
	});
	return forceSimulation(nodes)
		.force('ring', forceRadial<Node>((node) => bands[node.ring]?.radius ?? 0).strength(1))
		.force(
			'calls',
			forceLink<Node, (typeof links)[number]>(links).distance(nodeApart).strength(0.15)
		)
		.force('repulsion', repulsion<Node>(-200))
		.force('apart', apart<Node>(34))
		.stop();
}

/**
 * Every service exactly on a row of its band, at about its settled angle, the whole turned by so many radians.
 * @param previous where services stood, which then keep their rows
 */
function onRows(
	nodes: Node[],
	bands: Band[],
	turn: number,
	previous?: Record<string, Point>
): Record<string, Point> {
	const places: Record<string, Point> = Object.create(null) as Record<string, Point>;
	const angleOf = ({ x = 0, y = 0 }: Node) => Math.atan2(y, x);
	bands.forEach((band, ring) => {
		const here = nodes
			.filter((node) => node.ring === ring)
			.sort((a, b) => angleOf(a) - angleOf(b) || (a.id < b.id ? -1 : 1));
		const rows = Array.from({ length: band.rows }, (): Node[] => []);
		here.forEach((node, index) => {
			const before = previous?.[node.id];
			rows[before ? nearestRow(band, before) : index % band.rows]?.push(node);
		});
		rows.forEach((row, index) => {
			const radius = rowRadius(band, index);
			const angles = spreadAngles(
				row.map((node) => angleOf(node) + turn),
				nodeApart / radius
			);
			row.forEach(({ id }, position) => (places[id] = at(angles[position] ?? 0, radius)));
		});
	});
	return places;
}

function nearestRow(band: Band, { x, y }: Point): number {
	const row = (Math.hypot(x, y) - rowRadius(band, 0)) / band.rowGap;
	return Math.min(band.rows - 1, Math.max(0, Math.round(row)));
}

interface Picture {
	nodes: Record<string, PlacedNode>;
	bends: Record<string, Point>;
}

/** Curves and labels for services in their places; the cost says how well the labels fit. */
function pictureOf(
	places: Record<string, Point>,
	{ services, calls, extent }: LayoutInput & { extent: number }
): Picture & { cost: number } {
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
