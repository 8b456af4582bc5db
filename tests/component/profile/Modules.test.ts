import { render, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import Modules from '../../../src/lib/profile/Modules.svelte';
import Principles from '../../../src/lib/profile/Principles.svelte';
import { prose } from '../../unit/decisions/records';

describe('runtime modules', () => {
	it('show their path in order and lead to the flow that runs it', () => {
		render(Modules, {
			modules: [
				{
					slug: 'core',
					title: 'Booking Core',
					status: 'stable',
					path: ['Gateway', 'Engine', 'Lock'],
					flow: 'booking',
					problem: 'Collisions.',
					solution: 'Locks.',
					impact: 'None left.',
					tags: ['no double booking', 'no double booking'],
					skills: [],
					related: [{ kind: 'decision', slug: 'redis-locking', title: 'Redis locking' }]
				}
			]
		});
		const path = within(screen.getByRole('list', { name: 'Path of a request' }));
		expect(path.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
			'Gateway',
			'Engine',
			'Lock'
		]);
		expect(screen.getByRole('link', { name: 'watch this path run' })).toHaveAttribute(
			'href',
			'/topology#flow-booking'
		);
		expect(screen.getByRole('link', { name: 'Redis locking' })).toHaveAttribute(
			'href',
			'/decisions/redis-locking'
		);
		expect(screen.getByText('stable')).toHaveTextContent('Status: stable');
	});
});

describe('principles', () => {
	it('have a motto, a meaning, a practice and an address', () => {
		render(Principles, {
			principles: [
				{
					slug: 'kiss',
					name: 'KISS',
					motto: 'Explainable.',
					meaning: prose('Few parts.'),
					practice: 'One boundary.'
				}
			]
		});
		expect(screen.getByRole('link', { name: 'KISS' })).toHaveAttribute('href', '#principle-kiss');
		expect(screen.getByRole('listitem')).toHaveTextContent(
			/KISS\s*Explainable\.\s*Few parts\.\s*In practice One boundary\./
		);
	});
});
