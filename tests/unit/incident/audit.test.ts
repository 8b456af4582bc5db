import { describe, expect, it } from 'vitest';
import { auditScenario } from '../../../src/lib/incident/audit';
import { measure } from '../../../src/lib/incident/gauges';
import { openScenario } from '../../../src/lib/incident/open-scenario';
import type { Scenario } from '../../../src/lib/content';
import { scenarioOf, scenarios, topology } from './deck-of-the-site';

describe('the deck', () => {
	it.each(scenarios.map((scenario) => [scenario.slug, scenario] as const))(
		'%s holds what it claims',
		(_, scenario) => {
			expect(auditScenario(topology, scenario, [1]).failures).toEqual([]);
		}
	);

	it('opens the log volume spike on one overloaded station: 520 ms, 22 %, 365 rps, all within 5 %', () => {
		const openings = [1, 2, 3, 4, 5].map((seed) =>
			measure(openScenario(topology, scenarioOf(32), seed).reports.slice(-25))
		);
		const mean = (figure: 'meanMs' | 'errorRatio' | 'throughput') =>
			openings.reduce((sum, gauges) => sum + gauges[figure], 0) / openings.length;
		expect(Math.abs(mean('meanMs') / 520 - 1)).toBeLessThan(0.05);
		expect(Math.abs(mean('errorRatio') / 0.22 - 1)).toBeLessThan(0.05);
		expect(Math.abs(mean('throughput') / 365 - 1)).toBeLessThan(0.05);
	});

	it('opens on the page with the same figures, for the seed the site shows', () => {
		const { opening } = openScenario(topology, scenarioOf(32));
		expect(Math.abs(opening.meanMs / 520 - 1)).toBeLessThan(0.05);
		expect(Math.abs(opening.errorRatio / 0.22 - 1)).toBeLessThan(0.05);
		expect(Math.abs(opening.throughput / 365 - 1)).toBeLessThan(0.05);
	});
});

describe('the audit', () => {
	const honest = scenarioOf(35);
	const failuresOf = (changes: Partial<Scenario>) =>
		auditScenario(topology, { ...honest, ...changes }, [1]).failures.join('\n');

	it('catches a fault that changes nothing', () => {
		expect(failuresOf({ fault: [] })).toContain('opens inside its objective');
	});

	it('catches a wrong claim about an action', () => {
		const steps = honest.steps.map((step, index) =>
			index === 1
				? {
						...step,
						actions: step.actions.map((action) =>
							action.verdict === 'harmful' ? { ...action, changes: [] } : action
						)
					}
				: step
		);
		expect(failuresOf({ steps })).toContain('does no harm');
	});

	it('catches a guard that nobody needs, and one that does not hold', () => {
		expect(failuresOf({ trigger: [] })).toContain('the guard is not needed');
		const flood = [
			{
				atSeconds: 0,
				change: { verb: 'burst' as const, flow: 'read', factor: 6, seconds: 40 }
			}
		];
		expect(failuresOf({ trigger: flood })).toContain('the guard does not hold');
	});

	it('catches figures that are written down instead of quoted, and figures that do not exist', () => {
		const steps = honest.steps.map((step) => ({
			...step,
			actions: step.actions.map((action) => ({ ...action, says: 'Errors at 22 %, {luck.after}' }))
		}));
		const failures = failuresOf({ steps });
		expect(failures).toContain('"22 %" is written into a verdict');
		expect(failures).toContain('{luck.after} is no figure of the run');
	});
});
