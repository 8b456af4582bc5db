import '@testing-library/jest-dom/vitest';

// jsdom brings a Uint8Array of its own realm, while TextEncoder is Node's: bytes would not be recognised as bytes.
globalThis.Uint8Array = new TextEncoder().encode('').constructor as Uint8ArrayConstructor;
