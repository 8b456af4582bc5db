import { and, assign, emit, fromCallback, fromPromise, not, setup } from 'xstate';
import type { Scenario, ScenarioAction } from '../content';
import type { Clock } from '../platform';
import type { LogLine, Report, Trace } from '../simulation';
import { crossedCrashLine, insideObjective } from './objective';
import { actionOf, stepAfter, watchSeconds, type Move } from './round';
import type { Comparison, RoundSimulator, Watched } from './round-simulator';
import type { RoundResult } from './score';

/** What a round knows: small, serialisable, and all of it could be told to the player. */
export interface RoundContext {
	/** Decisions taken so far. */
	moves: Move[];
	/** Indices of the steps a hint was asked for. */
	hints: number[];
	/** Of the run up to what is on screen, oldest first. */
	reports: Report[];
	/** Simulated, and not on screen yet. */
	ahead: Report[];
	logs: LogLine[];
	trace: Trace | undefined;
	comparison: Comparison | undefined;
	/** A sentence for the visitor when the simulation refused or died. */
	problem: string | undefined;
}

export type RoundEvent =
	| { type: 'page.acknowledge' }
	| { type: 'step.choose'; action: string }
	| { type: 'hint.ask' }
	| { type: 'look.toggle' }
	| { type: 'round.next' }
	| { type: 'round.review' }
	| { type: 'round.retry' }
	| { type: 'playback.shown'; count: number }
	| { type: 'playback.ended' };

export interface RoundInput {
	/** Decisions and hints of a round that was left in the middle. */
	resume?: { moves: Move[]; hints: number[] };
}

export interface RoundWorld {
	scenario: Scenario;
	simulator: RoundSimulator;
	clock: Clock;
	/** Real milliseconds for each simulated second on screen; 0 shows all at once (reduced motion). */
	paceMs: () => number;
}

/** The actions of the step being played; none once all are done. */
export function stepActions(scenario: Scenario, { moves }: RoundContext): ScenarioAction[] {
	return scenario.steps[stepAfter(scenario, moves)]?.actions ?? [];
}

/** Actions of the current step that were tried and taken back. */
export function triedActions(scenario: Scenario, { moves }: RoundContext): string[] {
	const step = stepAfter(scenario, moves);
	return moves.filter((move) => move.step === step).map(({ action }) => action ?? '');
}

/** How the round stands for the score; `outcome` is what the state says. */
export function resultOf(
	scenario: Scenario,
	{ moves, hints }: Pick<RoundContext, 'moves' | 'hints'>,
	outcome: RoundResult['outcome']
): RoundResult {
	const safe = (move: Move) => actionOf(scenario, move)?.verdict === 'safe';
	const firsts = [0, 1, 2, 3].map((step) => moves.find((move) => move.step === step));
	return {
		scenario: scenario.number,
		outcome,
		firstTries: firsts.filter((move) => move && safe(move)).length,
		wrongActions: moves.filter((move) => !safe(move)).length,
		hints: hints.length
	};
}

/** One round: paged, looking, deciding, watching, the verdict, and how it ends. */
export function createIncidentMachine({ scenario, simulator, clock, paceMs }: RoundWorld) {
	const lastAction = ({ moves }: RoundContext) => {
		const move = moves.at(-1);
		return move && actionOf(scenario, move);
	};
	return setup({
		types: {
			context: {} as RoundContext,
			events: {} as RoundEvent,
			input: {} as RoundInput,
			emitted: {} as { type: 'round.moved' } | { type: 'round.ended'; result: RoundResult }
		},
		actors: {
			openRound: fromPromise<Watched, Move[]>(({ input }) => simulator.open(input)),
			watchDecision: fromPromise<Watched, Move[]>(({ input }) => simulator.watch(input)),
			settle: fromPromise<Watched, Move[]>(({ input }) => simulator.settle(input)),
			compare: fromPromise<Comparison, { moves: Move[]; seconds: number }>(({ input }) =>
				simulator.compare(input.moves, input.seconds)
			),
			/** Shows a simulated second after the other at the pace of the injected clock. */
			playback: fromCallback<RoundEvent, { seconds: number }>(({ sendBack, input }) => {
				const pace = paceMs();
				if (pace <= 0) {
					sendBack({ type: 'playback.shown', count: input.seconds });
					sendBack({ type: 'playback.ended' });
					return;
				}
				let left = input.seconds;
				return clock.every(pace, () => {
					if (left-- > 0) sendBack({ type: 'playback.shown', count: 1 });
					else sendBack({ type: 'playback.ended' });
				});
			})
		},
		guards: {
			canChoose: ({ context }, { action }: { action: string }) =>
				stepActions(scenario, context).some(({ id }) => id === action) &&
				!triedActions(scenario, context).includes(action),
			hintNotGiven: ({ context }) => !context.hints.includes(stepAfter(scenario, context.moves)),
			allStepsDone: ({ context }) => stepAfter(scenario, context.moves) === scenario.steps.length,
			wasHarmful: ({ context }) => lastAction(context)?.verdict === 'harmful',
			crossedCrashLine: ({ context }) =>
				crossedCrashLine(context.reports.slice(-watchSeconds), scenario.crashErrorRatio),
			insideObjective: ({ context }) => insideObjective(context.reports, scenario.objective)
		},
		actions: {
			takeDecision: assign({
				moves: ({ context }, { action }: { action: string }) => [
					...context.moves,
					{ step: stepAfter(scenario, context.moves), action }
				]
			}),
			giveHint: assign({
				hints: ({ context }) => [...context.hints, stepAfter(scenario, context.moves)]
			}),
			showAll: assign((_, { reports, logs, trace }: Watched) => ({
				reports,
				ahead: [],
				logs,
				trace,
				problem: undefined
			})),
			keepAhead: assign((_, { reports, logs, trace }: Watched) => ({
				ahead: reports,
				logs,
				trace,
				problem: undefined
			})),
			showSeconds: assign(({ context }, { count }: { count: number }) => ({
				reports: [...context.reports, ...context.ahead.slice(0, count)],
				ahead: context.ahead.slice(count)
			})),
			showRest: assign(({ context }) => ({
				reports: [...context.reports, ...context.ahead],
				ahead: []
			})),
			keepComparison: assign((_, comparison: Comparison) => ({ comparison })),
			keepProblem: assign((_, { error }: { error: unknown }) => ({
				problem: error instanceof Error ? error.message : String(error)
			})),
			tellMove: emit({ type: 'round.moved' }),
			tellEnd: emit(({ context }, { outcome }: { outcome: RoundResult['outcome'] }) => ({
				type: 'round.ended' as const,
				result: resultOf(scenario, context, outcome)
			}))
		}
	}).createMachine({
		id: 'incident',
		context: ({ input }) => ({
			moves: input.resume?.moves ?? [],
			hints: input.resume?.hints ?? [],
			reports: [],
			ahead: [],
			logs: [],
			trace: undefined,
			comparison: undefined,
			problem: undefined
		}),
		initial: 'paged',
		states: {
			paged: { on: { 'page.acknowledge': 'opening' } },
			opening: {
				invoke: {
					src: 'openRound',
					input: ({ context }) => context.moves,
					onDone: {
						target: 'found',
						actions: { type: 'showAll', params: ({ event }) => event.output }
					},
					onError: {
						target: 'unavailable',
						actions: { type: 'keepProblem', params: ({ event }) => event }
					}
				}
			},
			/** Where a round begins, or goes on. */
			found: {
				always: [
					{ guard: and(['wasHarmful', 'crossedCrashLine']), target: 'crashed' },
					{ guard: 'allStepsDone', target: 'settling' },
					{ target: 'deciding' }
				]
			},
			unavailable: { on: { 'round.retry': 'opening' } },
			deciding: {
				initial: 'choosing',
				on: {
					'step.choose': {
						guard: { type: 'canChoose', params: ({ event }) => event },
						target: 'watching',
						actions: [{ type: 'takeDecision', params: ({ event }) => event }, 'tellMove']
					},
					'hint.ask': { guard: 'hintNotGiven', actions: ['giveHint', 'tellMove'] }
				},
				states: {
					choosing: { on: { 'look.toggle': 'looking' } },
					looking: { on: { 'look.toggle': 'choosing' } }
				}
			},
			watching: {
				initial: 'simulating',
				states: {
					simulating: {
						invoke: {
							src: 'watchDecision',
							input: ({ context }) => context.moves,
							onDone: {
								target: 'playing',
								actions: { type: 'keepAhead', params: ({ event }) => event.output }
							},
							onError: {
								target: '#incident.unavailable',
								actions: { type: 'keepProblem', params: ({ event }) => event }
							}
						}
					},
					playing: {
						invoke: {
							src: 'playback',
							input: ({ context }) => ({ seconds: context.ahead.length })
						},
						on: {
							'playback.shown': {
								actions: { type: 'showSeconds', params: ({ event }) => event }
							},
							'playback.ended': { target: 'shown' },
							'round.next': { target: 'shown', actions: 'showRest' }
						}
					},
					shown: { type: 'final' }
				},
				onDone: [
					{ guard: and(['wasHarmful', 'crossedCrashLine']), target: 'crashed' },
					{ target: 'verdict' }
				]
			},
			verdict: {
				on: {
					'round.next': [{ guard: 'allStepsDone', target: 'settling' }, { target: 'deciding' }]
				}
			},
			settling: {
				initial: 'simulating',
				states: {
					simulating: {
						invoke: {
							src: 'settle',
							input: ({ context }) => context.moves,
							onDone: {
								target: 'playing',
								actions: { type: 'keepAhead', params: ({ event }) => event.output }
							},
							onError: {
								target: '#incident.unavailable',
								actions: { type: 'keepProblem', params: ({ event }) => event }
							}
						}
					},
					playing: {
						invoke: {
							src: 'playback',
							input: ({ context }) => ({ seconds: context.ahead.length })
						},
						on: {
							'playback.shown': {
								actions: { type: 'showSeconds', params: ({ event }) => event }
							},
							'playback.ended': { target: 'shown' },
							'round.next': { target: 'shown', actions: 'showRest' }
						}
					},
					shown: { type: 'final' }
				},
				onDone: [{ guard: not('insideObjective'), target: 'unresolved' }, { target: 'resolved' }]
			},
			resolved: {
				entry: { type: 'tellEnd', params: { outcome: 'resolved' } },
				on: { 'round.review': 'postMortem' }
			},
			unresolved: {
				entry: { type: 'tellEnd', params: { outcome: 'unresolved' } },
				on: { 'round.review': 'postMortem' }
			},
			crashed: {
				entry: { type: 'tellEnd', params: { outcome: 'crashed' } },
				on: { 'round.review': 'postMortem' }
			},
			postMortem: {
				initial: 'comparing',
				states: {
					comparing: {
						invoke: {
							src: 'compare',
							input: ({ context }) => ({
								moves: context.moves,
								seconds: context.reports.length - scenario.opensAtSeconds
							}),
							onDone: {
								target: 'written',
								actions: { type: 'keepComparison', params: ({ event }) => event.output }
							},
							onError: 'written'
						}
					},
					written: {}
				}
			}
		}
	});
}

export type IncidentMachine = ReturnType<typeof createIncidentMachine>;
