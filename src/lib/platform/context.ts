import { createContext } from 'svelte';
import type { RunningSystem } from './running-system.svelte';

/** The one running system of the visit; the layout provides it, routes hand it to their features. */
export const [runningSystem, provideRunningSystem] = createContext<RunningSystem>();

/** What features tell the layout about the visitor's last action, as the command that does the same. */
export interface ActionLog {
	report(command: string): void;
}
export const [actionLog, provideActionLog] = createContext<ActionLog>();
