import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { startLocalSimulation, type StartSimulation } from '$lib/platform';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { runFigure } from '../../../src/lib/figures/run-figure';
import RunningFigure from '../../../src/lib/figures/RunningFigure.svelte';

const [figure] = loadFolder('src/content').figures.filter(({ slug }) => slug === 'lock-or-retry');
if (!figure) throw new Error('no figure');
const table = runFigure(figure);
const show = (start: StartSimulation = startLocalSimulation) =>
	render(RunningFigure, { figure, table, start });

describe('a figure that runs', () => {
	it('shows what the build measured: a chart for each measure, and the numbers as a table', async () => {
		show();
		expect(screen.getByRole('figure', { name: figure.title })).toBeInTheDocument();
		expect(
			screen.getByRole('img', {
				name: /p95 of a booking by share of writes that collide: optimistic/
			})
		).toBeInTheDocument();
		await userEvent.click(screen.getByText('The same as a table'));
		const table = screen.getByRole('table');
		expect(within(table).getAllByRole('row')).toHaveLength(figure.control.values.length + 1);
		expect(within(table).getByRole('row', { name: /^30 %/ })).toHaveTextContent('107 ms');
	});

	it('says what stands at the control, and simulates what lies between', async () => {
		show();
		const slider = screen.getByRole('slider', { name: /share of writes that collide/ });
		expect(screen.getByRole('status')).toHaveTextContent('At 30 %: p95 of a booking');
		await fireEvent.input(slider, { target: { value: '0.45' } });
		await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('At 45 %: p95'));
		const [, told] = /optimistic, done again (\d+) ms/.exec(
			screen.getByRole('status').textContent ?? ''
		) ?? ['', ''];
		expect(Number(told)).toBeGreaterThan(table[4]?.[0]?.[0] ?? Infinity);
		expect(Number(told)).toBeLessThan(table[5]?.[0]?.[0] ?? 0);
	});

	it('takes a value that the build knows from the build', async () => {
		show(() => {
			throw new Error('nothing should run');
		});
		await fireEvent.input(screen.getByRole('slider'), { target: { value: '0.401' } });
		expect(screen.getByRole('status')).toHaveTextContent('At 40 %: p95 of a booking');
	});

	it('stands without a simulator, and says so', async () => {
		show(() => {
			throw new Error('The simulation could not be loaded.');
		});
		await fireEvent.input(screen.getByRole('slider'), { target: { value: '0.45' } });
		await waitFor(() =>
			expect(screen.getByRole('status')).toHaveTextContent('The simulation could not be loaded.')
		);
		expect(screen.getAllByRole('img')).toHaveLength(figure.measures.length);
	});
});
