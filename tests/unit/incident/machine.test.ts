import { createActor, waitFor, type Actor, type SnapshotFrom } from 'xstate';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../src/lib/platform/clock';
import { startLocalSimulation } from '../../../src/lib/platform/local-simulation';
import type { StartSimulation } from '../../../src/lib/platform/simulation-port';
import {
	createIncidentMachine,
	type IncidentMachine,
	type RoundEvent,
	type RoundInput
} from '../../../src/lib/incident/machine';
import { postMortemMarkdown, writePostMortem } from '../../../src/lib/incident/post-mortem';
import { RoundSimulator } from '../../../src/lib/incident/round-simulator';
import { safeLine, watchSeconds } from '../../../src/lib/incident/round';
import type { RoundResult } from '../../../src/lib/incident/score';
import { scenarioOf, topology } from './deck-of-the-site';

const seed = 1;
const scenario = scenarioOf(23);
const line = safeLine(scenario).map(({ action }) => action ?? '');

interface Options {
	input?: RoundInput;
	number?: number;
	pace?: number;
	clock?: ManualClock;
	startSimulation?: StartSimulation;
}

function round({
	input = {},
	number = scenario.number,
	pace = 0,
	clock = new ManualClock(),
	startSimulation = startLocalSimulation
}: Options = {}) {
	const played = scenarioOf(number);
	const simulator = new RoundSimulator({ startSimulation, topology, scenario: played, seed });
	const machine = createIncidentMachine({ scenario: played, simulator, clock, paceMs: () => pace });
	const actor = createActor(machine, { input });
	const results: RoundResult[] = [];
	actor.on('round.ended', ({ result }) => results.push(result));
	return { actor: actor.start(), results };
}

type State = Parameters<SnapshotFrom<IncidentMachine>['matches']>[0];
const reach = (actor: Actor<IncidentMachine>, state: State) =>
	waitFor(actor, (snapshot) => snapshot.matches(state), { timeout: 60_000 });

async function decide(actor: Actor<IncidentMachine>, action: string) {
	await reach(actor, 'deciding');
	actor.send({ type: 'step.choose', action });
	await waitFor(actor, (snapshot) => !snapshot.matches('watching'), { timeout: 60_000 });
}

async function solve(actor: Actor<IncidentMachine>, actions = line) {
	actor.send({ type: 'page.acknowledge' });
	for (const action of actions) {
		await decide(actor, action);
		actor.send({ type: 'round.next' });
	}
}

describe('a round', () => {
	it('goes from the page over four safe decisions to a clean fix and its account', async () => {
		const { actor, results } = round();
		await solve(actor);
		await reach(actor, 'resolved');
		expect(results).toEqual([
			{ scenario: 23, outcome: 'resolved', firstTries: 4, wrongActions: 0, hints: 0 }
		]);

		actor.send({ type: 'round.review' });
		const { context } = await reach(actor, { postMortem: 'written' });
		expect(context.comparison?.you).toEqual(context.comparison?.best);
		expect(context.comparison?.nothing.failed).toBeGreaterThan(
			(context.comparison?.you.failed ?? 0) * 2
		);
		const account = writePostMortem({ scenario, outcome: 'resolved', ...context });
		expect(account.timeline).toHaveLength(6);
		expect(account.hurt).toEqual([]);
		const markdown = postMortemMarkdown(account);
		expect(markdown).toContain('## What helped');
		expect(markdown).not.toMatch(/\{[a-z]/);
	});

	it('takes a wrong decision back and stays at its step, with the time gone', async () => {
		const { actor } = round();
		actor.send({ type: 'page.acknowledge' });
		await decide(actor, 'save-capacity');
		expect(actor.getSnapshot().matches('verdict')).toBe(true);
		const { reports } = actor.getSnapshot().context;
		expect(reports).toHaveLength(scenario.opensAtSeconds + watchSeconds);
		expect(reports.at(-1)?.services['gateway']?.replicas).toBe(5);

		actor.send({ type: 'round.next' });
		actor.send({ type: 'step.choose', action: 'save-capacity' });
		expect(actor.getSnapshot().matches('deciding')).toBe(true);
		await decide(actor, line[0] ?? '');
		const after = actor.getSnapshot().context.reports.at(-1);
		expect(after?.services['gateway']?.replicas).toBe(8);
	});

	it('ends as a crash when a harmful decision drives it over the crash line', async () => {
		const { actor, results } = round({ number: 41 });
		actor.send({ type: 'page.acknowledge' });
		await decide(actor, 'attempts-per-booking');
		actor.send({ type: 'round.next' });
		await decide(actor, 'shelter-reads');
		expect(actor.getSnapshot().matches('crashed')).toBe(true);
		expect(results).toMatchObject([{ outcome: 'crashed', firstTries: 1, wrongActions: 1 }]);
	});

	it('gives a hint once for each step, and counts it', async () => {
		const { actor } = round();
		actor.send({ type: 'page.acknowledge' });
		await reach(actor, 'deciding');
		actor.send({ type: 'hint.ask' });
		actor.send({ type: 'hint.ask' });
		expect(actor.getSnapshot().context.hints).toEqual([0]);
	});

	it('ignores what is out of place', async () => {
		const { actor } = round();
		const events: RoundEvent[] = [
			{ type: 'step.choose', action: line[0] ?? '' },
			{ type: 'hint.ask' },
			{ type: 'round.next' },
			{ type: 'round.review' },
			{ type: 'round.retry' },
			{ type: 'look.toggle' },
			{ type: 'playback.ended' },
			{ type: 'playback.shown', count: 3 }
		];
		const before = actor.getSnapshot();
		for (const event of events) actor.send(event);
		expect(actor.getSnapshot().value).toBe(before.value);
		expect(actor.getSnapshot().context).toEqual(before.context);

		actor.send({ type: 'page.acknowledge' });
		await reach(actor, 'deciding');
		actor.send({ type: 'step.choose', action: 'win' });
		expect(actor.getSnapshot().matches('deciding')).toBe(true);
	});
});

describe('playback', () => {
	it('shows a simulated second at each beat of the clock, and the rest when asked', async () => {
		const clock = new ManualClock();
		const { actor } = round({ pace: 100, clock });
		actor.send({ type: 'page.acknowledge' });
		await reach(actor, 'deciding');
		actor.send({ type: 'step.choose', action: line[0] ?? '' });
		await reach(actor, { watching: 'playing' });
		clock.pass(500);
		const shown = () => actor.getSnapshot().context.reports.length - scenario.opensAtSeconds;
		expect(shown()).toBe(5);
		actor.send({ type: 'round.next' });
		expect(shown()).toBe(watchSeconds);
		expect(actor.getSnapshot().matches('verdict')).toBe(true);
	});
});

describe('going on', () => {
	it('simulates a round that was left in the middle again, to the same figures', async () => {
		const first = round();
		first.actor.send({ type: 'page.acknowledge' });
		await decide(first.actor, 'save-capacity');
		first.actor.send({ type: 'round.next' });
		await decide(first.actor, line[0] ?? '');
		const { moves, hints, reports } = first.actor.getSnapshot().context;

		const again = round({ input: { resume: { moves, hints } } });
		again.actor.send({ type: 'page.acknowledge' });
		await reach(again.actor, 'deciding');
		expect(again.actor.getSnapshot().context.reports).toEqual(reports);
	});

	it('says what is wrong when the simulation dies, and goes on when asked to', async () => {
		let dead = true;
		const { actor } = round({
			startSimulation: (start) => {
				const port = startLocalSimulation(start);
				return {
					...port,
					advance: (seconds) =>
						dead ? Promise.reject(new Error('The simulator stopped.')) : port.advance(seconds)
				};
			}
		});
		actor.send({ type: 'page.acknowledge' });
		const { context } = await reach(actor, 'unavailable');
		expect(context.problem).toBe('The simulator stopped.');
		dead = false;
		actor.send({ type: 'round.retry' });
		await reach(actor, 'deciding');
		expect(actor.getSnapshot().context.problem).toBeUndefined();
	});
});
