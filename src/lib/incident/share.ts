import type { Scenario } from '../content';
import { formatCount } from '../ui';
import { actionOf, type Move } from './round';
import type { RoundResult } from './score';

const marks = { safe: '✓', ineffective: '○', harmful: '✗' } as const;

/** A finished round in a few lines, to paste into a chat. It gives no action away. */
export function shareText({
	scenario,
	moves,
	hints,
	outcome,
	failed,
	address
}: {
	scenario: Scenario;
	moves: readonly Move[];
	hints: readonly number[];
	outcome: RoundResult['outcome'];
	/** User requests that failed in the round. */
	failed: number;
	/** Of the replay. */
	address: string;
}): string {
	const steps = scenario.steps.map(({ kind }, step) => {
		const tries = moves
			.filter((move) => move.step === step)
			.map((move) => marks[actionOf(scenario, move)?.verdict ?? 'ineffective']);
		return `${kind} ${tries.join('') || '·'}${hints.includes(step) ? ' (hint)' : ''}`;
	});
	return [
		`Incident ${scenario.number}, ${scenario.title}: ${outcome}`,
		steps.join('  '),
		`${formatCount(failed)} requests failed`,
		address
	].join('\n');
}
