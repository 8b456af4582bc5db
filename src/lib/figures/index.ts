export { runFigure, type FigureTable } from './run-figure';
export { default as RunningFigure } from './RunningFigure.svelte';
