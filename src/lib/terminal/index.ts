export { provideTerminal, terminalOfVisit } from './context';
export { shellFiles } from './files';
export { default as StatusLine } from './StatusLine.svelte';
export { Terminal, type TerminalOptions } from './terminal.svelte';
