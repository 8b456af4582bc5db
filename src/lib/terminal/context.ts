import { createContext } from 'svelte';
import type { Terminal } from './terminal.svelte';

/** The terminal of the visit; the layout provides it. */
export const [terminalOfVisit, provideTerminal] = createContext<Terminal>();
