import type { FigureUnit } from '$lib/content';
import { formatCount, formatLatency, formatRate, formatRatio } from '$lib/ui';

const formats: Record<FigureUnit, (value: number) => string> = {
	ms: formatLatency,
	ratio: formatRatio,
	rps: formatRate,
	count: (value) => (value < 10 && !Number.isInteger(value) ? value.toFixed(1) : formatCount(value))
};

/** A number with its unit, as everywhere on the site. */
export function formatUnit(value: number, unit: FigureUnit): string {
	return formats[unit](value);
}
