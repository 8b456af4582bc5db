import { coincident, type Body, type Force } from './force';

/**
 * Keeps nodes from overlapping: what `forceCollide` does for nodes of one size, and a drop-in for it, over a grid of
 * cells as wide as two nodes instead of a quadtree, so that only the neighbouring cells are looked at.
 * @param radius of every node, in units of the drawing
 */
export function apart<Node extends Body>(radius: number): Force<Node> {
	const reach = radius * 2;
	let nodes: Node[] = [];
	let random = () => 0.5;
	let x = new Float64Array(0);
	let y = new Float64Array(0);
	let cellOf = new Int32Array(0);
	/** Nodes in the order of their cells. */
	let order = new Int32Array(0);
	/** Where each cell's nodes begin in `order`. */
	let starts = new Int32Array(0);

	function force(): void {
		const count = nodes.length;
		if (count < 2) return;
		let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
		for (let index = 0; index < count; index++) {
			const node = nodes[index] as Node;
			const nx = (x[index] = (node.x ?? 0) + (node.vx ?? 0));
			const ny = (y[index] = (node.y ?? 0) + (node.vy ?? 0));
			if (nx < left) left = nx;
			if (nx > right) right = nx;
			if (ny < top) top = ny;
			if (ny > bottom) bottom = ny;
		}
		// Never more cells than nodes can make use of, however far apart they are.
		const cell = Math.max(reach, Math.sqrt(((right - left) * (bottom - top)) / (count * 4)));
		const columns = Math.floor((right - left) / cell) + 1;
		const rows = Math.floor((bottom - top) / cell) + 1;
		if (starts.length < columns * rows + 1) starts = new Int32Array(columns * rows + 1);
		else starts.fill(0, 0, columns * rows + 1);
		for (let index = 0; index < count; index++) {
			const column = Math.floor(((x[index] as number) - left) / cell);
			const row = Math.floor(((y[index] as number) - top) / cell);
			const at = row * columns + column;
			cellOf[index] = at;
			starts[at] = (starts[at] as number) + 1;
		}
		for (let at = 1; at <= columns * rows; at++)
			starts[at] = (starts[at] as number) + (starts[at - 1] as number);
		for (let index = count - 1; index >= 0; index--) {
			const at = cellOf[index] as number;
			const place = (starts[at] as number) - 1;
			starts[at] = place;
			order[place] = index;
		}
		for (let index = 0; index < count; index++) {
			const at = cellOf[index] as number;
			const column = at % columns;
			const node = nodes[index] as Node;
			// Where it is going as things are now: earlier pairs have moved it already.
			const nx = (node.x ?? 0) + (node.vx ?? 0);
			const ny = (node.y ?? 0) + (node.vy ?? 0);
			for (let row = -1; row <= 1; row++) {
				const first = at + row * columns - (column > 0 ? 1 : 0);
				const last = at + row * columns + (column < columns - 1 ? 1 : 0);
				if (last < 0 || first >= columns * rows) continue;
				const end = starts[last + 1] as number;
				for (let place = starts[first] as number; place < end; place++) {
					const other = order[place] as number;
					// Each pair once, moving both.
					if (other > index) part(node, nx, ny, nodes[other] as Node);
				}
			}
		}
	}

	function part(node: Node, nx: number, ny: number, other: Node): void {
		let dx = nx - (other.x ?? 0) - (other.vx ?? 0);
		let dy = ny - (other.y ?? 0) - (other.vy ?? 0);
		let square = dx * dx + dy * dy;
		if (square >= reach * reach) return;
		if (dx === 0) dx = coincident(random);
		if (dy === 0) dy = coincident(random);
		square = dx * dx + dy * dy;
		const distance = Math.sqrt(square);
		const push = (reach - distance) / distance / 2;
		node.vx = (node.vx ?? 0) + dx * push;
		node.vy = (node.vy ?? 0) + dy * push;
		other.vx = (other.vx ?? 0) - dx * push;
		other.vy = (other.vy ?? 0) - dy * push;
	}

	force.initialize = (given: Node[], source: () => number) => {
		nodes = given;
		random = source;
		x = new Float64Array(given.length);
		y = new Float64Array(given.length);
		cellOf = new Int32Array(given.length);
		order = new Int32Array(given.length);
	};
	return force;
}
