import { coincident, type Body, type Force } from './force';

/** Cells narrower than this share of their distance count as one body: the Barnes-Hut criterion, d3-force's default. */
const theta = 0.9;
/** Squared distance below which the force grows no further, in units of the drawing. */
const nearest = 1;
/** Deeper cells hold bodies that are as good as in one place. */
const deepest = 40;

/**
 * Every node pushes every other away, with a force that falls with the distance: what `forceManyBody` does, and a
 * drop-in for it, on typed arrays instead of a tree of objects.
 * Source of the approximation: J. Barnes and P. Hut, "A hierarchical O(N log N) force-calculation algorithm",
 * Nature 324 (1986).
 * @param strength negative pushes apart; units of velocity at distance 1 and alpha 1
 */
export function repulsion<Node extends Body>(strength: number): Force<Node> {
	let nodes: Node[] = [];
	let random = () => 0.5;
	let x = new Float64Array(0);
	let y = new Float64Array(0);
	/** Four children a cell: a cell's index + 1, or -(node's index + 1), or 0 for nothing. */
	let children = new Int32Array(0);
	/** Bodies in a cell, and the sums of their places, later the centre. */
	let bodies = new Float64Array(0);
	let sumX = new Float64Array(0);
	let sumY = new Float64Array(0);
	let cells = 0;

	function roomFor(count: number): void {
		if (bodies.length >= count) return;
		const size = Math.max(count, bodies.length * 2);
		const grown = <Held extends Float64Array | Int32Array>(next: Held, old: Held): Held => {
			next.set(old);
			return next;
		};
		children = grown(new Int32Array(size * 4), children);
		bodies = grown(new Float64Array(size), bodies);
		sumX = grown(new Float64Array(size), sumX);
		sumY = grown(new Float64Array(size), sumY);
	}

	function openCell(): number {
		roomFor(cells + 1);
		children.fill(0, cells * 4, cells * 4 + 4);
		bodies[cells] = sumX[cells] = sumY[cells] = 0;
		return cells++;
	}

	function insert(body: number, left: number, top: number, width: number): void {
		const bx = x[body] as number;
		const by = y[body] as number;
		let cell = 0;
		for (let depth = 0; ; depth++) {
			bodies[cell] = (bodies[cell] as number) + 1;
			sumX[cell] = (sumX[cell] as number) + bx;
			sumY[cell] = (sumY[cell] as number) + by;
			if (depth === deepest) return;
			width /= 2;
			const right = bx >= left + width;
			const below = by >= top + width;
			if (right) left += width;
			if (below) top += width;
			const slot = cell * 4 + (below ? 2 : 0) + (right ? 1 : 0);
			const child = children[slot] as number;
			if (child === 0) {
				children[slot] = -(body + 1);
				return;
			}
			if (child > 0) {
				cell = child - 1;
				continue;
			}
			// Somebody stands there already: both go one level down.
			const other = -child - 1;
			cell = openCell();
			children[slot] = cell + 1;
			const ox = x[other] as number;
			const oy = y[other] as number;
			bodies[cell] = 1;
			sumX[cell] = ox;
			sumY[cell] = oy;
			if (depth + 1 < deepest)
				children[cell * 4 + (oy >= top + width / 2 ? 2 : 0) + (ox >= left + width / 2 ? 1 : 0)] = -(
					other + 1
				);
		}
	}

	/** Builds the tree and answers with the width of its root. */
	function plant(): number {
		let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
		nodes.forEach((node, index) => {
			const nx = (x[index] = node.x ?? 0);
			const ny = (y[index] = node.y ?? 0);
			if (nx < left) left = nx;
			if (nx > right) right = nx;
			if (ny < top) top = ny;
			if (ny > bottom) bottom = ny;
		});
		const width = Math.max(right - left, bottom - top, 1) * 1.000001;
		cells = 0;
		openCell();
		for (let index = 0; index < nodes.length; index++) insert(index, left, top, width);
		for (let cell = 0; cell < cells; cell++) {
			const count = bodies[cell] as number;
			sumX[cell] = (sumX[cell] as number) / count;
			sumY[cell] = (sumY[cell] as number) / count;
		}
		return width;
	}

	const stack = new Int32Array(4 * (deepest + 2));
	const widths = new Float64Array(4 * (deepest + 2));

	function force(alpha: number): void {
		if (nodes.length < 2) return;
		const rootWidth = plant();
		const push = strength * alpha;
		for (let index = 0; index < nodes.length; index++) {
			const nx = x[index] as number;
			const ny = y[index] as number;
			let vx = 0;
			let vy = 0;
			let height = 0;
			stack[height] = 1;
			widths[height++] = rootWidth;
			while (height > 0) {
				const entry = stack[--height] as number;
				const width = widths[height] as number;
				let dx: number;
				let dy: number;
				let weight = 1;
				if (entry > 0) {
					const cell = entry - 1;
					dx = (sumX[cell] as number) - nx;
					dy = (sumY[cell] as number) - ny;
					weight = bodies[cell] as number;
					if (width * width >= theta * theta * (dx * dx + dy * dy) && width > rootWidth * 1e-12) {
						for (let quarter = cell * 4; quarter < cell * 4 + 4; quarter++) {
							const child = children[quarter] as number;
							if (child === 0) continue;
							stack[height] = child;
							widths[height++] = width / 2;
						}
						continue;
					}
				} else {
					const other = -entry - 1;
					if (other === index) continue;
					dx = (x[other] as number) - nx;
					dy = (y[other] as number) - ny;
				}
				if (dx === 0) dx = coincident(random);
				if (dy === 0) dy = coincident(random);
				let square = dx * dx + dy * dy;
				if (square < nearest) square = Math.sqrt(nearest * square);
				vx += (dx * weight * push) / square;
				vy += (dy * weight * push) / square;
			}
			const node = nodes[index] as Node;
			node.vx = (node.vx ?? 0) + vx;
			node.vy = (node.vy ?? 0) + vy;
		}
	}
	force.initialize = (given: Node[], source: () => number) => {
		nodes = given;
		random = source;
		x = new Float64Array(given.length);
		y = new Float64Array(given.length);
		roomFor(given.length * 2 + 1);
	};
	return force;
}
