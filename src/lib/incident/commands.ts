import { families } from '../content';
import type { Command, CommandResult, KeyValueStore } from '../platform';
import { lines } from '../ui';
import { dailyCard, dealDeck, findCard, type Card } from './deck';
import { scorecardOn } from './progress';

/** A scenario as a list shows it. */
export interface ScenarioSummary extends Card {
	severity: string;
	page: string;
}

export interface IncidentCommandsInput {
	scenarios: readonly ScenarioSummary[];
	store: KeyValueStore;
	/** Milliseconds since 1970. */
	now: () => number;
	/** Path of a scenario's page, without the base path. */
	pathOf?: (slug: string) => string;
}

const usage = 'incident list [FAMILY] | show N | play [N] | daily | stats';

const ok = (output: string): CommandResult => ({ output, exitCode: 0 });
const failure = (exitCode: 1 | 2, error: string): CommandResult => ({
	output: '',
	error: `${error}\n`,
	exitCode
});

/** The game's shell commands. */
export function incidentCommands({
	scenarios,
	store,
	now,
	pathOf = (slug) => `/incidents/${slug}`
}: IncidentCommandsInput): Command[] {
	const card = () => {
		const scorecard = scorecardOn(store);
		scorecard.restore();
		return scorecard.current;
	};
	const row = ({ number, family, title }: ScenarioSummary) =>
		`${String(number).padStart(3)}  ${card().solved.includes(number) ? 'solved' : '      '}  ${family.padEnd(20)}  ${title}`;
	const open = (scenario: ScenarioSummary): CommandResult => ({
		output: `opening incident ${scenario.number}: ${scenario.title}\n`,
		exitCode: 0,
		effects: [{ kind: 'navigate', path: pathOf(scenario.slug) }]
	});

	function list(family: string | undefined): CommandResult {
		if (family !== undefined && !families.some((known) => known === family))
			return failure(1, `incident: no family ${family}; one of ${families.join(', ')}`);
		const rows = dealDeck(scenarios, 'in-order').filter(
			(scenario) => family === undefined || scenario.family === family
		);
		return ok(
			lines(...rows.map(row), `${rows.length} ${rows.length === 1 ? 'incident' : 'incidents'}`)
		);
	}

	function play(word: string | undefined): CommandResult {
		if (word === undefined) {
			const next = dealDeck(scenarios, 'unsolved-first', {
				seed: card().rounds,
				solved: card().solved
			})[0];
			return next ? open(next) : failure(1, 'incident: the deck is empty');
		}
		const scenario = findCard(scenarios, word);
		return scenario
			? open(scenario)
			: failure(1, `incident: no incident ${word}; \`incident list\` names them all`);
	}

	function show(word: string | undefined): CommandResult {
		if (word === undefined) return failure(2, `incident: show needs a number; usage: ${usage}`);
		const scenario = findCard(scenarios, word);
		if (!scenario)
			return failure(1, `incident: no incident ${word}; \`incident list\` names them all`);
		const { number, title, severity, family, page } = scenario;
		return ok(lines(`${number}: ${title}`, `${severity} | ${family}`, '', page));
	}

	function stats(): CommandResult {
		const { score, solved, rounds, crashes, streak, bestStreak, bestScore, hints } = card();
		return ok(
			lines(
				`score        ${score} (best ${bestScore})`,
				`solved       ${solved.length} of ${scenarios.length}`,
				`rounds       ${rounds}, ${crashes} crashed`,
				`streak       ${streak} (best ${bestStreak})`,
				`hints        ${hints}`
			)
		);
	}

	return [
		{
			name: 'incident',
			summary: 'the outage game: list, read, play, count',
			usage,
			complete(words) {
				if (words.length === 0) return ['list', 'show', 'play', 'daily', 'stats'];
				if (words.length > 1) return [];
				if (words[0] === 'list') return [...families];
				return words[0] === 'show' || words[0] === 'play'
					? scenarios.map(({ number }) => String(number))
					: [];
			},
			run([verb = 'list', word]) {
				if (verb === 'list' || verb === 'ls') return list(word);
				if (verb === 'show') return show(word);
				if (verb === 'play') return play(word);
				if (verb === 'stats') return stats();
				if (verb === 'daily') {
					const today = dailyCard(scenarios, now());
					return today ? open(today) : failure(1, 'incident: the deck is empty');
				}
				return failure(2, `incident: no such action ${verb}; usage: ${usage}`);
			}
		}
	];
}
