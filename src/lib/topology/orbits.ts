import type { Layer } from '$lib/simulation';
import { bendCalls } from './bends';
import type { Point } from './edges';
import type { Layout, LayoutInput } from './layout';

/** Radians a second of the replay: what nobody waits for drifts slowest. */
const drift: Record<Layer, number> = { core: 0.09, infra: 0.06, edge: 0.045, async: 0.02 };

/**
 * The layout with every ring turned as far as it comes in so many milliseconds: a function of the time alone, so it
 * stops exactly, runs backwards, and never strays from the rings. Labels keep their place beside their services.
 */
export function orbitedLayout(layout: Layout, input: LayoutInput, ms: number): Layout {
	if (ms === 0) return layout;
	const nodes: Layout['nodes'] = Object.create(null) as Layout['nodes'];
	for (const { id, layer } of input.services) {
		const place = layout.nodes[id];
		if (place) nodes[id] = { ...place, ...turned(place, (drift[layer] * ms) / 1000) };
	}
	return { ...layout, nodes, bends: bendCalls(input.calls, nodes) };
}

function turned({ x, y }: Point, angle: number): Point {
	const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
	return { x: x * cos - y * sin, y: x * sin + y * cos };
}
