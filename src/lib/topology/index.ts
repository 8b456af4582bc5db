export { topologyCommands } from './commands';
export { layoutTopology, type Layout } from './layout';
export { default as MapDrawing } from './MapDrawing.svelte';
export { observeSystem, simulationInput } from './observe';
export { default as TopologyMap } from './TopologyMap.svelte';
export { default as Waterfall } from './Waterfall.svelte';
