export { contactCommands, type ContactCommandsInput } from './commands';
export { default as ContactTerminal } from './ContactTerminal.svelte';
