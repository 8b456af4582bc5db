import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { IncidentGame, openScenario } from '../../../src/lib/incident';
import { ManualClock, memoryStore, startLocalSimulation } from '../../../src/lib/platform';

const { topology, scenarios } = loadFolder('src/content');
const scenario = scenarios.find(({ number }) => number === 23);
if (!scenario) throw new Error('scenario 23 has gone');
const { opening } = openScenario(topology, scenario);
const labelOf = (id: string) =>
	scenario.steps.flatMap(({ actions }) => actions).find((action) => action.id === id)?.label ?? '';

let store = memoryStore();
const play = () =>
	render(IncidentGame, {
		scenario,
		topology,
		opening,
		total: scenarios.length,
		store,
		clock: new ManualClock(),
		startSimulation: startLocalSimulation
	});

beforeEach(() => {
	// jsdom has no media queries; nobody here asks for less motion.
	vi.stubGlobal('matchMedia', () => ({ matches: false }));
	store = memoryStore();
});

/** Presses the digit that the choice carries on screen, then skips to the verdict. */
async function choose(user: ReturnType<typeof userEvent.setup>, id: string) {
	const button = await screen.findByRole('button', { name: new RegExp(escape(labelOf(id))) });
	await user.keyboard(button.querySelector('kbd')?.textContent ?? '');
	await screen.findByRole('button', { name: /Skip to the end/ });
	await waitFor(async () => {
		await user.keyboard('n');
		expect(screen.queryByRole('button', { name: /Skip to the end/ })).toBeNull();
	});
}
const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

describe('the game', () => {
	it('shows the page, the brief and the gauges of the opening before anything runs', () => {
		play();
		expect(screen.getByText(/Refusals at the gateway/)).toBeVisible();
		expect(screen.getAllByRole('meter')).toHaveLength(3);
		expect(screen.getByRole('meter', { name: /error/ })).toHaveAttribute(
			'aria-valuetext',
			expect.stringContaining('outside')
		);
	});

	it('is played by keys alone, and tells the verdict', async () => {
		const user = userEvent.setup();
		play();
		(await screen.findByRole('button', { name: 'Take the incident' })).focus();
		await user.keyboard('{Enter}');
		await choose(user, 'save-capacity');
		expect(screen.getByRole('status')).toHaveTextContent(/^Harmful/);
		await user.keyboard('n');

		await choose(user, 'both-ends');
		expect(screen.getByRole('status')).toHaveTextContent(/^Safe/);
		expect(screen.getByText(/Step 1 of 4|Step 2 of 4/)).toBeVisible();
	});

	it('goes on after a reload where it was left', async () => {
		const user = userEvent.setup();
		const first = play();
		await user.click(await screen.findByRole('button', { name: 'Take the incident' }));
		await choose(user, 'both-ends');
		first.unmount();

		play();
		expect(await screen.findByText(/Step 2 of 4/)).toBeVisible();
	});

	it('sets a damaged round aside with a sentence, and begins afresh', async () => {
		store = memoryStore({ [`fournines:incident-round:${scenario.slug}`]: '{"moves":' });
		play();
		expect(await screen.findByRole('alert')).toHaveTextContent('set aside');
		expect(screen.getByRole('button', { name: 'Take the incident' })).toBeVisible();
	});
});
