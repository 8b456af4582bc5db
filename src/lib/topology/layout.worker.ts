import { settlePositions, type LayoutInput, type Positions } from './layout';

/** What the worker says after some ticks, and at the end. */
export interface LayoutStep {
	positions: Positions;
	/** Ticks since the start, and the milliseconds they took. */
	ticks: number;
	milliseconds: number;
	done: boolean;
}

const ticksAtOnce = 10;
/** More often than this nobody sees. */
const between = 50;

self.onmessage = ({ data }: MessageEvent<LayoutInput>) => {
	const settling = settlePositions(data, ticksAtOnce);
	const start = performance.now();
	let told = -Infinity;
	for (let ticks = ticksAtOnce; ; ticks += ticksAtOnce) {
		const { value: positions, done = false } = settling.next();
		const now = performance.now();
		if (!done && now - told < between) continue;
		told = now;
		const step: LayoutStep = { positions, ticks, milliseconds: now - start, done };
		self.postMessage(step, { transfer: [positions.xy.buffer as ArrayBuffer] });
		if (done) return;
	}
};
