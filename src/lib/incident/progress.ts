import * as v from 'valibot';
import { Persisted, type Decoded, type KeyValueStore } from '../platform';
import type { Scenario } from '../content';
import type { Move } from './round';
import { emptyScorecard, type Scorecard } from './score';

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const numbers = v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.maxLength(1000));

const storedScorecard = v.strictObject({
	version: v.literal(1),
	score: count,
	solved: numbers,
	rounds: count,
	crashes: count,
	streak: count,
	bestStreak: count,
	bestScore: count,
	hints: count
});

/** A scorecard as the device stores it; anything else is answered with what is wrong with it. Never throws. */
export function decodeScorecard(raw: unknown): Decoded<Scorecard & { version: 1 }> {
	const result = v.safeParse(storedScorecard, raw);
	if (!result.success) {
		const [issue] = result.issues;
		const version = (raw as { version?: unknown } | null)?.version;
		if (typeof version === 'number' && version > 1)
			return {
				ok: false,
				problem: `it is of version ${version}, which a newer edition of this site wrote`
			};
		const path = v.getDotPath(issue) ?? 'the scorecard';
		return { ok: false, problem: `${path} is not what this site writes` };
	}
	const card = result.output;
	if (new Set(card.solved).size !== card.solved.length || card.crashes > card.rounds)
		return { ok: false, problem: 'its counts contradict each other' };
	return { ok: true, value: card };
}

/** The scorecard as the text of a file. */
export function writeProgress(card: Scorecard & { version: 1 }): string {
	return `${JSON.stringify({ kind: 'outage-game', ...card }, null, '\t')}\n`;
}

/** The scorecard of a file that {@link writeProgress} wrote, or one sentence on what is wrong with it. Never throws. */
export function readProgress(text: string): Decoded<Scorecard & { version: 1 }> {
	let raw: unknown;
	try {
		raw = JSON.parse(text);
	} catch {
		return { ok: false, problem: 'the file is not JSON, or is larger than a progress file' };
	}
	if (typeof raw !== 'object' || raw === null || (raw as { kind?: unknown }).kind !== 'outage-game')
		return { ok: false, problem: 'the file holds no progress of this game' };
	const { kind: _, ...card } = raw as Record<string, unknown>;
	return decodeScorecard(card);
}

/** The scorecard kept on this device. */
export function scorecardOn(store: KeyValueStore): Persisted<Scorecard & { version: 1 }> {
	return new Persisted({
		key: 'incident-scorecard',
		store,
		initial: { version: 1, ...emptyScorecard },
		decode: decodeScorecard
	});
}

/** A round that was left in the middle: enough to simulate it again to the same figures. */
export interface SavedRound {
	version: 1;
	/** Slug of the scenario. */
	scenario: string;
	seed: number;
	moves: Move[];
	/** Indices of the steps a hint was asked for. */
	hints: number[];
}

const stepIndex = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3));
const savedRound = v.strictObject({
	version: v.literal(1),
	scenario: v.pipe(v.string(), v.maxLength(200)),
	seed: v.pipe(v.number(), v.safeInteger()),
	moves: v.pipe(
		v.array(v.strictObject({ step: stepIndex, action: v.pipe(v.string(), v.maxLength(100)) })),
		v.maxLength(16)
	),
	hints: v.pipe(v.array(stepIndex), v.maxLength(4))
});

/** A saved round of one of these scenarios, in which every move is one that could be made. Never throws. */
export function decodeRound(
	raw: unknown,
	scenarios: readonly Scenario[]
): Decoded<SavedRound | null> {
	if (raw === null) return { ok: true, value: null };
	const result = v.safeParse(savedRound, raw);
	if (!result.success)
		return { ok: false, problem: 'the round in it is not what this site writes' };
	const round = result.output;
	const scenario = scenarios.find(({ slug }) => slug === round.scenario);
	// Another scenario's round is sound, just not for this page.
	if (!scenario) return { ok: true, value: round };
	let step = 0;
	const tried = new Set<string>();
	for (const move of round.moves) {
		const action = scenario.steps[step]?.actions.find(({ id }) => id === move.action);
		if (!action || move.step !== step || tried.has(`${step}/${action.id}`))
			return { ok: false, problem: 'the round in it has a move that this scenario does not allow' };
		tried.add(`${step}/${action.id}`);
		if (action.verdict === 'safe') step++;
	}
	return { ok: true, value: round };
}

/** The round left in the middle, if there is one; null otherwise. */
export function savedRoundOn(
	store: KeyValueStore,
	scenario: Scenario
): Persisted<SavedRound | null> {
	return new Persisted<SavedRound | null>({
		key: `incident-round:${scenario.slug}`,
		store,
		initial: null,
		decode: (raw) => decodeRound(raw, [scenario])
	});
}
