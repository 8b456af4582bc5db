export type { Command, CommandResult, Effect } from './command';
export { Live } from './live.svelte';
export { startLocalSimulation } from './local-simulation';
export { Persisted, type Decoded, type PersistedOptions } from './persisted.svelte';
export { RunningSystem } from './running-system.svelte';
export type { SimulationPort, SimulationStart, StartSimulation } from './simulation-port';
export { deviceStore, memoryStore, visitStore, type KeyValueStore } from './storage';
export { theme, themes, type ThemeName } from './theme.svelte';
export { openWorker } from './worker';
export { startWorkerSimulation } from './worker-simulation';
export { deviceClock, ManualClock, type Clock } from './clock';
export {
	actionLog,
	provideActionLog,
	provideRunningSystem,
	runningSystem,
	type ActionLog
} from './context';
export { memoryQuery, pageQuery, type AddressQuery } from './address-query';
export { onFirstIntent, onVisibility } from './intent';
export { visit, withBase } from './navigation';
export { onFrames, reducedMotion } from './frames';
