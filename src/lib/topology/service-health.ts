import type { ServiceReport } from '$lib/simulation';
import type { Health } from '$lib/ui';

/** How a service does, from its last second: failing is what users feel, degraded is what they will feel next. */
export function serviceHealth(report: ServiceReport | undefined): Health {
	if (!report || (report.arrived === 0 && report.inFlight === 0)) return 'idle';
	const ended = report.completed + report.errors;
	const errorRatio = ended === 0 ? 0 : report.errors / ended;
	if (
		report.replicas === 0 ||
		errorRatio > 0.05 ||
		(report.utilisation > 0.97 && report.queueDepth > 20)
	)
		return 'failing';
	if (
		errorRatio > 0.005 ||
		report.utilisation > 0.85 ||
		report.queueDepth > 20 ||
		(report.lag ?? 0) > 500
	)
		return 'degraded';
	return 'ok';
}

export const healthWords: Record<Health, string> = {
	ok: 'healthy',
	degraded: 'strained',
	failing: 'failing',
	idle: 'idle'
};
