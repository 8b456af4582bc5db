/** A very small step that parts two nodes which stand in one place. */
export function coincident(random: () => number): number {
	return (random() - 0.5) * 1e-6;
}
