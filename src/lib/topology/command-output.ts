import type { CommandResult } from '$lib/platform';
import { lines } from '$lib/ui';

export function ok(...output: string[]): CommandResult {
	return { output: lines(...output), exitCode: 0 };
}

/** @param exitCode 1 where the world says no, 2 where the command was not understood */
export function refuse(error: string, exitCode: 1 | 2 = 2): CommandResult {
	return { output: '', error: `${error}\n`, exitCode };
}

/** Columns wide enough for what they hold, those named in `right` to the right. */
export function table(rows: string[][], right: number[] = []): string[] {
	const widths =
		rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
	return rows.map((row) =>
		row
			.map((cell, column) =>
				right.includes(column)
					? cell.padStart(widths[column] ?? 0)
					: cell.padEnd(widths[column] ?? 0)
			)
			.join('  ')
			.trimEnd()
	);
}
