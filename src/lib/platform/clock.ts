/** Real time, injected wherever something waits or asks for the date. */
export interface Clock {
	/** Milliseconds since 1970, UTC. */
	now(): number;
	/** Calls back again and again; answers with the way to stop. */
	every(milliseconds: number, callback: () => void): () => void;
	/** Calls back once; answers with the way to call it off. */
	after(milliseconds: number, callback: () => void): () => void;
}

export const deviceClock: Clock = {
	now: () => Date.now(),
	every(milliseconds, callback) {
		const timer = setInterval(callback, milliseconds);
		return () => clearInterval(timer);
	},
	after(milliseconds, callback) {
		const timer = setTimeout(callback, milliseconds);
		return () => clearTimeout(timer);
	}
};

/** A clock that moves only when told; for tests and for replays. */
export class ManualClock implements Clock {
	#now: number;
	#timers = new Set<{ at: number; period?: number; callback: () => void }>();

	constructor(now = 0) {
		this.#now = now;
	}

	now(): number {
		return this.#now;
	}

	every(milliseconds: number, callback: () => void): () => void {
		const timer = { at: this.#now + milliseconds, period: milliseconds, callback };
		this.#timers.add(timer);
		return () => this.#timers.delete(timer);
	}

	after(milliseconds: number, callback: () => void): () => void {
		const timer = { at: this.#now + milliseconds, callback };
		this.#timers.add(timer);
		return () => this.#timers.delete(timer);
	}

	/** Moves on by so much, calling back whatever falls due on the way, in order. */
	pass(milliseconds: number): void {
		const end = this.#now + milliseconds;
		for (;;) {
			const due = [...this.#timers]
				.filter((timer) => timer.at <= end)
				.sort((a, b) => a.at - b.at)[0];
			if (!due) break;
			this.#now = due.at;
			if (due.period) due.at += due.period;
			else this.#timers.delete(due);
			due.callback();
		}
		this.#now = end;
	}
}
