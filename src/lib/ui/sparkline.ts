/**
 * An SVG path through the values, oldest at the left, zero at the bottom.
 * @param width of the drawing, in its own units
 * @param height likewise
 */
export function sparklinePath(values: number[], width: number, height: number): string {
	if (values.length < 2) return '';
	const highest = Math.max(...values, 1e-9);
	const step = width / (values.length - 1);
	return values
		.map((value, index) => {
			const x = (index * step).toFixed(1);
			const y = (height - 1 - (Math.max(0, value) / highest) * (height - 2)).toFixed(1);
			return `${index === 0 ? 'M' : 'L'}${x} ${y}`;
		})
		.join('');
}
