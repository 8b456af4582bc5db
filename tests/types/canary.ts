/** Must not compile: `npm run check` fails when it does. */
export const canary: number = 'a string';
