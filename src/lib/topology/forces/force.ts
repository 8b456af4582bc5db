/** What a force moves: d3-force's own nodes are of this kind. */
export interface Body {
	x?: number | undefined;
	y?: number | undefined;
	vx?: number | undefined;
	vy?: number | undefined;
}

/** The interface of d3-force's forces: `initialize` once with the nodes and a source of randomness, then a call a tick. */
export interface Force<Moved extends Body> {
	(alpha: number): void;
	initialize(nodes: Moved[], random: () => number): void;
}

/** A very small step that parts two bodies which stand in one place. */
export function coincident(random: () => number): number {
	return (random() - 0.5) * 1e-6;
}
