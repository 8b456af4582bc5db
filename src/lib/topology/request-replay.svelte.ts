import { onFrames, reducedMotion, type RunningSystem } from '$lib/platform';
import type { Trace } from '$lib/simulation';
import { formatLatency } from '$lib/ui';
import { momentsOf, slowdown, tokensAt, traceLength } from './replay';
import type { LinkedReplay, ReplayQuery } from './replay-link';
import { findRequest } from './side-run';

export const speeds = [0.25, 0.5, 1, 2, 4] as const;

const replays = new WeakMap<RunningSystem, RequestReplay>();

/**
 * The replay of one request and its clock. What is shown, drawn and printed of it is a function of the trace and of
 * `at` alone, so it can be paused, stepped, run backwards and linked to.
 */
export class RequestReplay {
	readonly #system: RunningSystem;
	#query = $state.raw<ReplayQuery | undefined>();
	#trace = $state.raw<Trace | undefined>();
	#at = $state(0);
	#playing = $state(false);
	#speed = $state<number>(1);
	#message = $state('');
	#stop: (() => void) | undefined;
	#asked = 0;

	readonly tokens = $derived.by(() => (this.#trace ? tokensAt(this.#trace, this.#at) : []));
	readonly length = $derived(this.#trace ? Math.max(1, traceLength(this.#trace)) : 0);
	/** Milliseconds that one of the request takes at normal speed. */
	readonly pace = $derived(this.#trace ? slowdown(this.#trace) : 1);

	private constructor(system: RunningSystem) {
		this.#system = system;
	}

	/** The one replay of a system: the page and the shell follow the same clock. */
	static of(system: RunningSystem): RequestReplay {
		let replay = replays.get(system);
		if (!replay) replays.set(system, (replay = new RequestReplay(system)));
		return replay;
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

	get speed(): number {
		return this.#speed;
	}

	/** One sentence at the start and one at the end; for a live region. */
	get message(): string {
		return this.#message;
	}

	/** What a link has to say to show this replay at this moment. */
	get link(): LinkedReplay | undefined {
		return this.#query && this.#trace ? { ...this.#query, at: this.#at } : undefined;
	}

	/**
	 * Finds a request that fits and plays it from the start; under reduced motion, or where a moment is given, it stands
	 * still there. Says in `message` when there is none.
	 */
	async start(query: ReplayQuery, at?: number): Promise<void> {
		this.close();
		const asked = ++this.#asked;
		this.#message = 'Looking for a request.';
		let found: Awaited<ReturnType<typeof findRequest>>;
		try {
			const { flow, kind } = query;
			found = await findRequest(this.#system, query.run, { flow, kind });
		} catch (error) {
			if (asked === this.#asked)
				this.#message = error instanceof Error ? error.message : String(error);
			return;
		}
		if (asked !== this.#asked) return;
		if (!found) {
			this.#message = 'No such request was seen in this run.';
			return;
		}
		const { trace, provokedBy } = found;
		this.#query = query;
		this.#trace = trace;
		const about = `${formatLatency(trace.durationMs)}, ${trace.spans.length} spans, outcome ${trace.outcome}`;
		const why =
			provokedBy > 1
				? ` Nothing failed as things are: this is the first to fail under ${provokedBy} times the traffic.`
				: '';
		this.#message = `A request of ${about}.${why}`;
		if (at !== undefined || reducedMotion()) this.seek(at ?? this.length);
		else this.play();
	}

	/** Goes on from here, or from the start where it had ended. */
	play(): void {
		if (!this.#trace || this.#playing) return;
		if (this.#at >= this.length) this.#at = 0;
		const from = this.#at;
		const scale = this.pace / this.#speed;
		this.#playing = true;
		this.#stop = onFrames((elapsed) => {
			this.#at = Math.min(this.length, from + elapsed / scale);
			if (this.#at >= this.length) this.pause();
		});
	}

	pause(): void {
		this.#stop?.();
		this.#stop = undefined;
		this.#playing = false;
	}

	/** Stands still at a moment. */
	seek(ms: number): void {
		this.pause();
		this.#at = Math.min(this.length, Math.max(0, Number.isFinite(ms) ? ms : 0));
	}

	/** To the next moment at which something begins or ends, or to the one before. */
	step(direction: 1 | -1): void {
		if (!this.#trace) return;
		const moments = momentsOf(this.#trace);
		const next =
			direction > 0
				? moments.find((moment) => moment > this.#at + 1e-6)
				: moments.findLast((moment) => moment < this.#at - 1e-6);
		this.seek(next ?? (direction > 0 ? this.length : 0));
	}

	setSpeed(speed: number): void {
		const wasPlaying = this.#playing;
		this.pause();
		this.#speed = speed;
		if (wasPlaying) this.play();
	}

	/** Puts the request away. */
	close(): void {
		this.#asked++;
		this.pause();
		this.#trace = undefined;
		this.#query = undefined;
		this.#at = 0;
		this.#message = '';
	}
}
