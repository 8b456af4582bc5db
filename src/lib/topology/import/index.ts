export { importTopology } from './detect';
export type { Guess, Imported, ImportNote, ImportResult } from './imported';
