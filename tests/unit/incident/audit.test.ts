import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { auditScenario } from '../../../src/lib/incident/audit';
import { measure } from '../../../src/lib/simulation';
import { openScenario } from '../../../src/lib/incident/open-scenario';
import type { Scenario } from '../../../src/lib/content';
import { scenarioOf, scenarios, topology } from './deck-of-the-site';

describe('the deck', () => {
	it('holds what it claims, by the command that says so', async () => {
		const { stdout } = await promisify(execFile)(process.execPath, [
			'scripts/run.js',
			'scripts/deck-audit.ts',
			'--seeds',
			'1'
		]);
		expect(stdout).toContain(`${scenarios.length} scenarios, 1 seeds, every claim holds`);
	});

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
	const honest = scenarioOf(51);
	const failuresOf = (changes: Partial<Scenario>) =>
		auditScenario(topology, { ...honest, ...changes }, [1]).failures.join('\n');

	it("catches harm that is none, a guard that nobody needs, and figures that are not the run's", () => {
		const steps = honest.steps.map((step) => ({
			...step,
			actions: step.actions.map((action) => ({
				...action,
				changes: action.verdict === 'harmful' ? [] : action.changes,
				says: 'Errors at 22 %, {luck.after}'
			}))
		}));
		const failures = failuresOf({ steps, trigger: [] });
		expect(failures).toContain('mitigate/more-threads does no harm');
		expect(failures).toContain('the guard is not needed');
		expect(failures).toContain('"22 %" is written into a verdict');
		expect(failures).toContain('{luck.after} is no figure of the run');
	});

	it('catches a fault that changes nothing, a guard that does not hold, and a signal that tells nothing', () => {
		const change = { verb: 'burst' as const, flow: 'read', factor: 9, seconds: 40 };
		const failures = failuresOf({
			fault: [],
			trigger: [{ atSeconds: 0, change }],
			signal: 'service.gateway.workers'
		});
		expect(failures).toContain('opens inside its objective');
		expect(failures).toContain('the guard does not hold');
		expect(failures).toContain('there is no figure service.gateway.workers');
	});
});
