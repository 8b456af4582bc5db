/** How a record is called: `ADR-001`. */
export function recordName(number: number): string {
	return `ADR-${String(number).padStart(3, '0')}`;
}
