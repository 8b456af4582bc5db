import { measure, type Gauges, type Report } from '../simulation';

/** Seconds that a gauge looks back on: long enough that a single busy second is no news. */
export const gaugeSeconds = 10;

/** The gauges as they read now: over the last {@link gaugeSeconds}. */
export function readGauges(reports: readonly Report[], seconds = gaugeSeconds): Gauges {
	return measure(reports.slice(-seconds));
}
