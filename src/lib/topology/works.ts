/** What a visitor can do with the map, in one chunk that loads when somebody is there to do it. */
export { mapGestures, mapScale } from './gestures';
export { MapBench } from './map-bench.svelte';
export { default as MapTools } from './MapTools.svelte';
export { default as Tokens } from './Tokens.svelte';
export { default as Workbench } from './Workbench.svelte';
