/** How a round ended, with what counts for the score. */
export interface RoundResult {
	/** The scenario's number. */
	scenario: number;
	outcome: 'resolved' | 'unresolved' | 'crashed';
	/** Steps whose first choice was the safe one. */
	firstTries: number;
	wrongActions: number;
	hints: number;
}

/** What is kept on the device. */
export interface Scorecard {
	score: number;
	/** Numbers of the scenarios resolved at least once, ascending. */
	solved: number[];
	rounds: number;
	crashes: number;
	/** Rounds resolved in a row. */
	streak: number;
	bestStreak: number;
	bestScore: number;
	hints: number;
}

export const emptyScorecard: Scorecard = {
	score: 0,
	solved: [],
	rounds: 0,
	crashes: 0,
	streak: 0,
	bestStreak: 0,
	bestScore: 0,
	hints: 0
};

export const points = { firstTry: 25, cleanFix: 75, hint: -25, crash: -50 } as const;

/** Resolved without a hint and without a wrong action. */
export function isCleanFix({ outcome, wrongActions, hints }: RoundResult): boolean {
	return outcome === 'resolved' && wrongActions === 0 && hints === 0;
}

/** Points of one round; may be negative. */
export function scoreRound(result: RoundResult): number {
	return (
		result.firstTries * points.firstTry +
		(isCleanFix(result) ? points.cleanFix : 0) +
		result.hints * points.hint +
		(result.outcome === 'crashed' ? points.crash : 0)
	);
}

/** The scorecard after a round. The score never falls below zero. */
export function recordRound(card: Scorecard, result: RoundResult): Scorecard {
	const resolved = result.outcome === 'resolved';
	const score = Math.max(0, card.score + scoreRound(result));
	const streak = resolved ? card.streak + 1 : 0;
	return {
		score,
		solved:
			resolved && !card.solved.includes(result.scenario)
				? [...card.solved, result.scenario].sort((a, b) => a - b)
				: card.solved,
		rounds: card.rounds + 1,
		crashes: card.crashes + (result.outcome === 'crashed' ? 1 : 0),
		streak,
		bestStreak: Math.max(card.bestStreak, streak),
		bestScore: Math.max(card.bestScore, score),
		hints: card.hints + result.hints
	};
}
