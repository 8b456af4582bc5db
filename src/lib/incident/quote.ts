import { formatCount, formatLatency, formatRate, formatRatio } from '../ui';
import { figureOf, type Report } from '../simulation';
import { placeholder } from './figures';

/** A figure as text with its unit, which its name tells. */
export function formatFigure(path: string, value: number): string {
	const name = path.split('.').at(-1) ?? path;
	if (/(ratio|utilisation)$/i.test(name)) return formatRatio(value);
	if (/Ms$/.test(name) || name === 'p95' || name === 'mean') return formatLatency(value);
	if (path === 'throughput' || path === 'offered') return formatRate(value);
	if (name === 'ageSeconds') return `${formatCount(value)} s`;
	return formatCount(value);
}

/**
 * A text of a scenario with the run's own figures in place of `{p95.before}`, `{errorRatio.after}` and the like;
 * without `.before` or `.after` it is the later one. An unknown name stays as it is, so that it is seen.
 */
export function quoteRun(
	text: string,
	{ before, after }: { before: readonly Report[]; after: readonly Report[] }
): string {
	return text.replace(placeholder, (whole, path: string, when?: string) => {
		const value = figureOf(when === 'before' ? before : after, path);
		return value === undefined ? whole : formatFigure(path, value);
	});
}
