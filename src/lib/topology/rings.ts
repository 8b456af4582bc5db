import type { Layer } from '$lib/simulation';

/** Inside to outside: core sits closest to the runtime's centre. */
export const ringOrder: readonly Layer[] = ['core', 'async', 'infra', 'edge'];
