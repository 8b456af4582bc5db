import { describe, expect, it } from 'vitest';
import { systemStatus } from '../../../src/lib/profile/system-status';
import { report, topology } from './site';

const { objective } = topology;

describe('the status of the running system', () => {
	it('is as bad as its worst figure', () => {
		expect(systemStatus(report(), objective)).toMatchObject({ health: 'ok' });
		expect(systemStatus(report({ p95Ms: 390 }), objective)).toMatchObject({ health: 'degraded' });
		expect(systemStatus(report({ p95Ms: 390, errorRatio: 0.2 }), objective)).toMatchObject({
			health: 'failing',
			text: 'outside its objective'
		});
	});

	it('is unknown before anything is measured', () => {
		expect(systemStatus(undefined, objective)).toEqual({
			health: 'idle',
			text: 'not measured',
			figures: []
		});
	});
});
