export { incidentCommands, type IncidentCommandsInput, type ScenarioSummary } from './commands';
export { default as DeckList } from './DeckList.svelte';
export { default as GameGauges } from './GameGauges.svelte';
export { default as IncidentGame } from './IncidentGame.svelte';
export { openScenario } from './open-scenario';
