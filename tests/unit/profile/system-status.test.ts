import { describe, expect, it } from 'vitest';
import { systemStatus } from '../../../src/lib/profile/system-status';
import { report, topology } from './site';

const { objective } = topology;
const healthOf = (...reports: ReturnType<typeof report>[]) =>
	systemStatus(reports, objective).health;
const failing = report({
	errorRatio: 0.5,
	completed: 234,
	errors: { ...report().errors, timeout: 234 }
});

describe('the status of the running system', () => {
	it('is as bad as its worst figure', () => {
		expect(healthOf(report())).toBe('ok');
		expect(healthOf(report({ p95Ms: 390 }))).toBe('degraded');
		expect(healthOf({ ...failing, p95Ms: 390 })).toBe('failing');
		expect(healthOf(report({ throughput: 300 }))).toBe('failing');
	});

	it('is not upset by a single second', () => {
		const calm = Array.from({ length: 9 }, () => report());
		const slow = report({ p95Ms: 900, throughput: 430 });
		const status = systemStatus([...calm, slow], objective);
		expect(status.health).toBe('ok');
		expect(status.figures.map(({ measured }) => measured)).toEqual([
			'p95 206 ms',
			'0 %',
			'462 rps'
		]);
	});

	it('forgets what is longer ago than ten seconds', () => {
		const calm = Array.from({ length: 10 }, () => report());
		expect(healthOf(failing, ...calm)).toBe('ok');
		expect(healthOf(failing, ...calm.slice(1))).toBe('failing');
	});

	it('is unknown before anything is measured', () => {
		expect(systemStatus([], objective)).toEqual({
			health: 'idle',
			text: 'not measured',
			figures: []
		});
	});
});
