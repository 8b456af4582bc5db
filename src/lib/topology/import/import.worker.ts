import { importTopology } from './detect';

self.onmessage = ({ data: text }: MessageEvent<string>) => self.postMessage(importTopology(text));
