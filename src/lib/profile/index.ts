export { default as BootLog } from './BootLog.svelte';
export { default as FigureList } from './FigureList.svelte';
export { default as LogStream } from './LogStream.svelte';
export { default as Modules } from './Modules.svelte';
export { default as Principles } from './Principles.svelte';
export { bootLines, mountedSections, type BootLine, type MountedSection } from './boot-lines';
export { profileCommands, type ProfileCommandsInput } from './commands';
