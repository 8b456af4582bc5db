/** What a colour stands for, everywhere on the site. */
export type Health = 'ok' | 'degraded' | 'failing' | 'idle';

/**
 * Health of a figure against its objective. `degraded` is within a twentieth of the objective, on the wrong side's doorstep.
 * @param sense whether the objective is the most or the least the figure should be
 */
export function healthOf(value: number, objective: number, sense: 'at-most' | 'at-least'): Health {
	const ratio = sense === 'at-most' ? value / objective : objective / Math.max(value, 1e-9);
	if (objective === 0) return value > 0 && sense === 'at-most' ? 'failing' : 'ok';
	if (ratio > 1) return 'failing';
	return ratio > 0.95 ? 'degraded' : 'ok';
}
