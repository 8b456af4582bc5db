import {
	forceCollide,
	forceLink,
	forceManyBody,
	forceRadial,
	forceSimulation,
	type SimulationNodeDatum
} from 'd3-force';
import type { Layer, Topology } from '$lib/simulation';
import { labelLines } from './labels';
import { ringOrder } from './rings';

/** Where everything is drawn, in the units of a square view box centred on 0 0. */
export interface Layout {
	/** Half the side of the view box. */
	extent: number;
	/** One for each layer that has services. */
	rings: { layer: Layer; radius: number }[];
	nodes: Record<string, { x: number; y: number }>;
}

interface Node extends SimulationNodeDatum {
	id: string;
	ring: number;
	/** Half the width and half the height of node and label together. */
	halfWidth: number;
	halfHeight: number;
}

const innermost = 84;
const apart = 84;
const roomPerNode = 96;
const characterWidth = 15;
const lineHeight = 28;

/**
 * Positions of all services: a force layout run to rest, then every node put exactly on the ring of its layer, then
 * labels moved apart along the rings. The same topology gives the same picture; nothing here is random.
 */
export function layoutTopology({ services, calls }: Pick<Topology, 'services' | 'calls'>): Layout {
	const used = ringOrder.filter((layer) => services.some((service) => service.layer === layer));
	const radii = radiiOf(
		used.map((layer) => services.filter((each) => each.layer === layer).length)
	);
	const nodes = services.map((service): Node => {
		const ring = used.indexOf(service.layer);
		const beside = services.filter((each) => each.layer === service.layer);
		const angle = (2 * Math.PI * beside.indexOf(service)) / beside.length + ring * 0.7;
		const radius = radii[ring] ?? 0;
		const name = 'name' in service && typeof service.name === 'string' ? service.name : service.id;
		const lines = labelLines(name);
		return {
			id: service.id,
			ring,
			x: Math.cos(angle) * radius,
			y: Math.sin(angle) * radius,
			halfWidth: Math.max(24, (Math.max(...lines.map((line) => line.length)) * characterWidth) / 2),
			halfHeight: 24 + (lines.length * lineHeight) / 2
		};
	});
	const known = new Set(nodes.map(({ id }) => id));
	const links = calls
		.filter(({ from, to }) => from !== to && known.has(from) && known.has(to))
		.map(({ from, to }) => ({ source: from, target: to }));
	const simulation = forceSimulation(nodes)
		.force('ring', forceRadial<Node>((node) => radii[node.ring] ?? 0).strength(1))
		.force(
			'calls',
			forceLink<Node, (typeof links)[number]>(links)
				.id(({ id }) => id)
				.distance(apart)
				.strength(0.15)
		)
		.force('apart', forceManyBody<Node>().strength(-200))
		.force('collide', forceCollide<Node>(34))
		.stop();
	simulation.tick(nodes.length > 1000 ? 80 : 300);
	for (const node of nodes) project(node, radii);
	spread(nodes, radii);
	const extent = (radii.at(-1) ?? 0) + 64;
	return {
		extent,
		rings: used.map((layer, ring) => ({ layer, radius: radii[ring] ?? 0 })),
		nodes: Object.fromEntries(
			nodes.map(({ id, x = 0, y = 0 }) => [
				id,
				{ x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 }
			])
		)
	};
}

/** Wide enough for the labels of their nodes, and clear of the ring inside. */
function radiiOf(counts: number[]): number[] {
	const radii: number[] = [];
	for (const count of counts) {
		const needed = (count * roomPerNode) / (2 * Math.PI);
		radii.push(Math.max(radii.length ? (radii.at(-1) ?? 0) + apart : innermost, needed));
	}
	return radii;
}

function project(node: Node, radii: number[]): void {
	const { x = 0, y = 0 } = node;
	const length = Math.hypot(x, y) || 1;
	const radius = radii[node.ring] ?? 0;
	node.x = (x / length) * radius;
	node.y = (y / length) * radius;
}

/** Moves nodes along their rings until no label covers a node or another label, or no more can be done. */
function spread(nodes: Node[], radii: number[]): void {
	if (nodes.length > 200) return; // labels are culled there, not moved
	for (let round = 0; round < 400; round++) {
		let moved = false;
		for (const a of nodes)
			for (const b of nodes) {
				if (a.id >= b.id || !overlap(a, b)) continue;
				moved = true;
				const turn = Math.sign((a.x ?? 0) * (b.y ?? 0) - (a.y ?? 0) * (b.x ?? 0)) || 1;
				rotate(a, -turn * 2, radii);
				rotate(b, turn * 2, radii);
			}
		if (!moved) return;
	}
}

function overlap(a: Node, b: Node): boolean {
	return (
		Math.abs((a.x ?? 0) - (b.x ?? 0)) < a.halfWidth + b.halfWidth &&
		Math.abs((a.y ?? 0) - (b.y ?? 0)) < a.halfHeight + b.halfHeight
	);
}

function rotate(node: Node, along: number, radii: number[]): void {
	const angle = Math.atan2(node.y ?? 0, node.x ?? 0) + along / Math.max(1, radii[node.ring] ?? 1);
	const radius = radii[node.ring] ?? 0;
	node.x = Math.cos(angle) * radius;
	node.y = Math.sin(angle) * radius;
}
