import {
	forceCollide,
	forceLink,
	forceManyBody,
	forceRadial,
	forceSimulation,
	type SimulationNodeDatum
} from 'd3-force';
import createNgraphLayout from 'ngraph.forcelayout';
import createNgraph from 'ngraph.graph';
import { settlePositions, type LayoutInput } from '../../src/lib/topology/layout';
import { madeUpTopology } from '../fixtures/topologies/made-up';

const ticks = 300;
/** Sources of the shortest paths that stress is judged by; all pairs would take minutes. */
const sources = 40;

interface Settled {
	milliseconds: number;
	/** x and y of each service. */
	xy: ArrayLike<number>;
}

/** A made-up system with two and a half calls a service. */
export function benchTopology(size: number): LayoutInput {
	const { services, calls } = madeUpTopology(size);
	const more = Array.from({ length: size }, (_, index) => ({
		id: `more-${index}`,
		from: `service-${(index * 7919) % size}`,
		to: `service-${(index * 104729 + 13) % size}`
	}));
	return { services, calls: [...calls, ...more] };
}

export function settleOurs(input: LayoutInput): Settled & { radii: Map<string, number> } {
	const start = performance.now();
	const settling = settlePositions(input);
	let step = settling.next();
	while (!step.done) step = settling.next();
	return {
		milliseconds: performance.now() - start,
		xy: step.value.xy,
		radii: new Map(step.value.rings.map(({ layer, radius }) => [layer, radius]))
	};
}

/** d3-force with its own charge and collide, to the same rings, with nothing done about who strays. */
export function settleWithD3({ services, calls }: LayoutInput, radii: Map<string, number>) {
	const start = performance.now();
	const nodes = services.map(
		({ id, layer }): SimulationNodeDatum & { id: string; ring: number } => ({
			id,
			ring: radii.get(layer) ?? 0
		})
	);
	const links = calls.map(({ from, to }) => ({ source: from, target: to }));
	forceSimulation(nodes)
		.force('ring', forceRadial<(typeof nodes)[number]>(({ ring }) => ring).strength(1))
		.force(
			'calls',
			forceLink<(typeof nodes)[number], (typeof links)[number]>(links)
				.id(({ id }) => id)
				.distance(96)
				.strength(0.15)
		)
		.force('charge', forceManyBody().strength(-200))
		.force('collide', forceCollide(34))
		.stop()
		.tick(ticks);
	return {
		milliseconds: performance.now() - start,
		xy: nodes.flatMap(({ x = 0, y = 0 }) => [x, y])
	};
}

/** ngraph knows neither rings nor collisions: a fast layout of another kind. */
export function settleWithNgraph({ services, calls }: LayoutInput): Settled {
	const start = performance.now();
	const graph = createNgraph();
	for (const { id } of services) graph.addNode(id);
	for (const { from, to } of calls) if (from !== to) graph.addLink(from, to);
	const layout = createNgraphLayout(graph);
	for (let tick = 0; tick < ticks; tick++) layout.step();
	const xy = services.flatMap(({ id }) => {
		const { x, y } = layout.getNodePosition(id);
		return [x, y];
	});
	layout.dispose();
	return { milliseconds: performance.now() - start, xy };
}

/** Share of the services that stand nearer to another layer's ring than to their own. */
export function offTheirRing(
	{ services }: LayoutInput,
	xy: ArrayLike<number>,
	radii: Map<string, number>
): number {
	const off = services.filter(({ layer }, index) => {
		const distance = Math.hypot(xy[index * 2] ?? 0, xy[index * 2 + 1] ?? 0);
		const own = Math.abs((radii.get(layer) ?? 0) - distance);
		return [...radii.values()].some((radius) => Math.abs(radius - distance) < own - 1e-6);
	});
	return off.length / services.length;
}

/**
 * Normalised stress: the mean over pairs of ((s d - g) / g)², d the distance in the picture, g that in the graph, s the
 * scale that makes it least. 0 is perfect. Source: E. Gansner, Y. Koren, S. North, "Graph drawing by stress
 * majorization" (2004).
 */
export function stress({ services, calls }: LayoutInput, xy: ArrayLike<number>): number {
	const index = new Map(services.map(({ id }, at) => [id, at]));
	const neighbours = services.map((): number[] => []);
	for (const { from, to } of calls) {
		const [a, b] = [index.get(from), index.get(to)];
		if (a === undefined || b === undefined || a === b) continue;
		neighbours[a]?.push(b);
		neighbours[b]?.push(a);
	}
	let [ratio, square, pairs] = [0, 0, 0];
	for (let each = 0; each < Math.min(sources, services.length); each++) {
		const source = Math.floor((each * services.length) / Math.min(sources, services.length));
		const distances = hopsFrom(source, neighbours);
		distances.forEach((hops, other) => {
			if (!(hops > 0) || hops === Infinity) return;
			const d =
				Math.hypot(
					(xy[source * 2] ?? 0) - (xy[other * 2] ?? 0),
					(xy[source * 2 + 1] ?? 0) - (xy[other * 2 + 1] ?? 0)
				) / hops;
			ratio += d;
			square += d * d;
			pairs++;
		});
	}
	// Least over s of the sum of (s d/g - 1)² is at s = sum(d/g) / sum((d/g)²).
	return pairs === 0 || square === 0 ? 0 : (pairs - (ratio * ratio) / square) / pairs;
}

function hopsFrom(source: number, neighbours: number[][]): number[] {
	const hops = new Array<number>(neighbours.length).fill(Infinity);
	hops[source] = 0;
	const queue = [source];
	for (let head = 0; head < queue.length; head++) {
		const here = queue[head] as number;
		for (const next of neighbours[here] ?? []) {
			if (hops[next] !== Infinity) continue;
			hops[next] = (hops[here] ?? 0) + 1;
			queue.push(next);
		}
	}
	return hops;
}

/** Prints time and quality of the map's layout beside others' on the same graphs, in one run. */
export function benchLayout(print: (what: string, time: string, rest: string) => void): void {
	for (const size of [200, 2000, 10_000]) {
		const input = benchTopology(size);
		const ours = settleOurs(input);
		const { radii } = ours;
		const rest = (other: Settled) =>
			[
				`${(other.milliseconds / ours.milliseconds).toFixed(1)} times as long`,
				`stress ${stress(input, other.xy).toFixed(2)}`,
				`${(offTheirRing(input, other.xy, radii) * 100).toFixed(0)} % off their ring`
			].join(', ');
		const perTick = (other: Settled) => `${(other.milliseconds / ticks).toFixed(2)} ms`;
		print(`Layout of ${size} services, ${input.calls.length} calls`, 'a tick', '');
		print('  ours, on their rows', perTick(ours), rest(ours));
		const d3 = settleWithD3(input, radii);
		print('  plain d3-force', perTick(d3), rest(d3));
		const ngraph = settleWithNgraph(input);
		print('  ngraph.forcelayout: no rings', perTick(ngraph), rest(ngraph));
	}
}
