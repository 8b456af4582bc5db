import type { SiteTopology } from '$lib/content';
import { callRules } from './call-rules';
import type { Layout } from './layout';
import { ringOrder } from './rings';

type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

const axes: Record<Direction, [x: number, y: number]> = {
	ArrowUp: [0, -1],
	ArrowDown: [0, 1],
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0]
};

/** Where a key leads, and what to say about the way. */
export interface Step {
	to: string;
	/** For a call that was followed. */
	say?: string;
}

/**
 * The service that a key leads to from another: arrows over the picture, brackets along the calls (square ones to whom
 * it calls, curly ones to who calls it), Home and End along its ring, Page Up and Page Down from ring to ring.
 * @param last the service where one was before, so that brackets go round
 * @returns undefined for a key that leads nowhere
 */
export function stepOf(
	topology: SiteTopology,
	layout: Layout,
	from: string,
	key: string,
	last?: string
): Step | undefined {
	if (key in axes) return { to: nodeTowards(layout, from, key as Direction) };
	if (key === ']' || key === '[') return follow(topology, from, 'to', key === ']' ? 1 : -1, last);
	if (key === '}' || key === '{') return follow(topology, from, 'from', key === '}' ? 1 : -1, last);
	const layer = topology.services.find(({ id }) => id === from)?.layer;
	const ring = topology.services.filter((service) => service.layer === layer);
	if (key === 'Home') return to(ring[0]?.id);
	if (key === 'End') return to(ring.at(-1)?.id);
	if (key !== 'PageUp' && key !== 'PageDown') return undefined;
	const used = ringOrder.filter((each) => topology.services.some((s) => s.layer === each));
	const next = used[used.findIndex((each) => each === layer) + (key === 'PageUp' ? -1 : 1)];
	const place = layout.nodes[from];
	const near = topology.services
		.filter((service) => service.layer === next)
		.map(({ id }) => ({ id, distance: distance(layout.nodes[id], place) }))
		.sort((a, b) => a.distance - b.distance)[0];
	return to(near?.id);
}

function to(id: string | undefined): Step | undefined {
	return id === undefined ? undefined : { to: id };
}

function distance(a: { x: number; y: number } | undefined, b: typeof a): number {
	return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : Infinity;
}

/** The next call of a service, going round: to whom it calls, or from who calls it. */
function follow(
	{ services, calls: all }: SiteTopology,
	service: string,
	end: 'from' | 'to',
	by: 1 | -1,
	last?: string
): Step | undefined {
	const near = end === 'to' ? 'from' : 'to';
	const calls = all.filter((call) => call[near] === service && call[end] !== service);
	if (calls.length === 0) return undefined;
	const at = calls.findIndex((call) => call[end] === last);
	const start = at < 0 ? (by > 0 ? -1 : 0) : at;
	const call = calls[(start + by + calls.length) % calls.length];
	if (!call) return undefined;
	const nameOf = (id: string) => services.find((each) => each.id === id)?.name ?? id;
	const rules = callRules(call).join(', ');
	return {
		to: call[end],
		say: `${nameOf(call.from)} calls ${nameOf(call.to)}${rules ? `: ${rules}` : ''}.`
	};
}

/**
 * The node that an arrow key leads to: the nearest inside a quarter circle around the direction, else the one that
 * lies least aside, else the same node. Deterministic; ties go to the first in the layout.
 */
function nodeTowards(layout: Layout, from: string, direction: Direction): string {
	const start = layout.nodes[from];
	if (!start) return from;
	const [ax, ay] = axes[direction];
	let best = from;
	let bestCost = Infinity;
	for (const [id, { x, y }] of Object.entries(layout.nodes)) {
		if (id === from) continue;
		const along = (x - start.x) * ax + (y - start.y) * ay;
		const aside = Math.abs((x - start.x) * ay - (y - start.y) * ax);
		if (along <= 0) continue;
		const cost = aside <= along ? Math.hypot(along, aside) : 10_000 * (aside / along) + aside;
		if (cost < bestCost) [best, bestCost] = [id, cost];
	}
	return best;
}
