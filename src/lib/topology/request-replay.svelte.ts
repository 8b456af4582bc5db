import { onFrames, reducedMotion, type RunningSystem } from '$lib/platform';
import type { Trace, TraceQuery } from '$lib/simulation';
import { slowdown, tokensAt, traceLength } from './replay';

/** The replay of one request: which trace, where it stands, and what to say about it. */
export class RequestReplay {
	readonly #system: RunningSystem;
	#trace = $state.raw<Trace | undefined>();
	#at = $state(0);
	#playing = $state(false);
	#message = $state('');
	#stop: (() => void) | undefined;

	readonly tokens = $derived.by(() =>
		this.#trace && this.#playing ? tokensAt(this.#trace, this.#at) : []
	);

	constructor(system: RunningSystem) {
		this.#system = system;
	}

	get trace(): Trace | undefined {
		return this.#trace;
	}

	/** Milliseconds since the request began, in its own time. */
	get at(): number {
		return this.#at;
	}

	get playing(): boolean {
		return this.#playing;
	}

	/** One sentence at the start and one at the end; for a live region. */
	get message(): string {
		return this.#message;
	}

	/** Milliseconds of the replay for one of the request. */
	get scale(): number {
		return this.#trace ? slowdown(this.#trace) : 1;
	}

	/** Fetches a request that fits and plays it; under reduced motion it is shown finished. */
	async start(query: TraceQuery): Promise<void> {
		this.stop();
		this.#message = 'Looking for a request.';
		let trace: Trace | undefined;
		try {
			trace = await this.#system.trace(query);
		} catch (error) {
			this.#message = error instanceof Error ? error.message : String(error);
			return;
		}
		if (!trace) {
			this.#trace = undefined;
			this.#message =
				query.kind === 'failed'
					? 'No request has failed lately. That is the idea.'
					: 'No such request has been seen yet.';
			return;
		}
		this.#trace = trace;
		const length = traceLength(trace);
		const end = `Done: ${trace.spans.length} spans, ${Math.round(trace.durationMs)} ms until the answer, outcome ${trace.outcome}.`;
		if (reducedMotion()) {
			this.#at = length;
			this.#message = end;
			return;
		}
		this.#at = 0;
		this.#playing = true;
		this.#message = `Replaying a request of ${Math.round(trace.durationMs)} ms, slowed ${this.scale} times.`;
		const scale = this.scale;
		this.#stop = onFrames((elapsed) => {
			this.#at = Math.min(length, elapsed / scale);
			if (this.#at < length) return;
			this.stop();
			this.#message = end;
		});
	}

	stop(): void {
		this.#stop?.();
		this.#playing = false;
	}
}
