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

	it('runs one simulation at a time, and the latest wish at last', async () => {
		let open = 0;
		let most = 0;
		let begun = 0;
		let release = () => {};
		const gate = new Promise<void>((resolve) => (release = resolve));
		show((input) => {
			const port = startLocalSimulation(input);
			most = Math.max(most, ++open);
			begun++;
			const advance = async (seconds: number) => {
				await gate;
				return port.advance(seconds);
			};
			return { ...port, advance, close: () => void open-- };
		});
		const slider = screen.getByRole('slider');
		for (const value of ['0.32', '0.33', '0.34', '0.44', '0.46'])
			await fireEvent.input(slider, { target: { value } });
		release();
		await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('At 46 %: p95'));
		expect(most).toBe(figure.variants.length);
		expect(begun).toBe(2 * figure.variants.length);
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
			expect(screen.getByRole('status')).toHaveTextContent(
				'The simulation could not be loaded. The charts and the table stand.'
			)
		);
		expect(screen.getAllByRole('img')).toHaveLength(figure.measures.length);
	});
});
