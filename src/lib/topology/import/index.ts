export { readInWorker } from './read-in-worker';
export type { Guess, Imported, ImportNote, ImportResult } from './imported';
