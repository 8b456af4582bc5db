import { changesFor, type Figured } from '$lib/content';
import type { StartSimulation } from '$lib/platform';
import { createSimulation, figureOf, type Report, type SimulationInput } from '$lib/simulation';

/** What was measured at one value of the control: a list for each variant, with a number for each measure. */
export type FigurePoint = number[][];

/** A point for each of the control's values. */
export type FigureTable = FigurePoint[];

/** The run of one variant at a value of the control; `variant` counts from 0. */
export function inputOf(figure: Figured, variant: number, value: number): SimulationInput {
	return {
		topology: figure.topology,
		workload: { flows: figure.flows },
		seed: figure.seed,
		changes: changesFor(figure.variants[variant]?.changes ?? [], value).map((change) => ({
			atSeconds: 0,
			change
		}))
	};
}

/**
 * The whole figure, for the page as it is built.
 * @throws Error naming the file where something is measured that a run does not have
 */
export function runFigure(figure: Figured): FigureTable {
	return figure.control.values.map((value) =>
		figure.variants.map((_, variant) => {
			const simulation = createSimulation(inputOf(figure, variant, value));
			simulation.advance(figure.warmupSeconds);
			return measured(figure, simulation.advance(figure.seconds));
		})
	);
}

/** One point of it, wherever `start` runs simulations. Rejects with a sentence where it cannot. */
export async function runPoint(
	figure: Figured,
	value: number,
	start: StartSimulation
): Promise<FigurePoint> {
	return Promise.all(
		figure.variants.map(async (_, variant) => {
			const port = start({ input: inputOf(figure, variant, value) });
			try {
				await port.advance(figure.warmupSeconds);
				return measured(figure, await port.advance(figure.seconds));
			} finally {
				port.close();
			}
		})
	);
}

/** Throws where a run has no such figure, so that a build stops instead of drawing a line at nothing. */
function measured({ slug, measures }: Figured, reports: Report[]): number[] {
	return measures.map(({ figure }) => {
		const value = figureOf(reports, figure);
		if (value === undefined) throw new Error(`figures/${slug}.yaml: a run has no ${figure}`);
		return value;
	});
}
