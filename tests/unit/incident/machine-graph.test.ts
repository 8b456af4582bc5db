import { createActor, waitFor, type Actor, type SnapshotFrom } from 'xstate';
import { toDirectedGraph, type DirectedGraphNode } from 'xstate/graph';
import { expect, it } from 'vitest';
import type { Scenario } from '../../../src/lib/content';
import { ManualClock } from '../../../src/lib/platform/clock';
import { startLocalSimulation } from '../../../src/lib/platform/local-simulation';
import type { SimulationPort, StartSimulation } from '../../../src/lib/platform/simulation-port';
import {
	createIncidentMachine,
	type IncidentMachine,
	type RoundEvent,
	type RoundInput
} from '../../../src/lib/incident/machine';
import { RoundSimulator } from '../../../src/lib/incident/round-simulator';
import { safeLine, type Move } from '../../../src/lib/incident/round';
import { scenarioOf, topology } from './deck-of-the-site';

const seed = 1;
const scenario = scenarioOf(41);
const line = safeLine(scenario);
const harmful: Move = { step: 1, action: 'shelter-reads' };
const ineffective = scenario.steps[0]?.actions.find(({ verdict }) => verdict === 'ineffective');

const events: RoundEvent[] = [
	{ type: 'page.acknowledge' },
	{ type: 'step.choose', action: 'no-such-action' },
	{ type: 'hint.ask' },
	{ type: 'look.toggle' },
	{ type: 'round.next' },
	{ type: 'round.review' },
	{ type: 'round.retry' },
	{ type: 'playback.shown', count: 1 },
	{ type: 'playback.ended' }
];

/** Edges taken by any round of this file. */
const taken = new Set<string>();

const edgeOf = (source: string, event: string, targets: readonly { id: string }[] = []) =>
	`${source} | ${event} | ${targets.map(({ id }) => id).join(' ') || 'stays'}`;

interface Taken {
	source: { id: string };
	eventType: string;
	target?: readonly { id: string }[];
}

/** A simulation that dies after so many answers to `advance`. */
function dyingAfter(answers: number): StartSimulation {
	let left = answers;
	return (start) => {
		const port = startLocalSimulation(start);
		const dying: SimulationPort = Object.create(port);
		dying.advance = (seconds) =>
			left-- > 0 ? port.advance(seconds) : Promise.reject(new Error('the worker is gone'));
		for (const method of ['apply', 'trace', 'logs', 'save', 'close'] as const)
			dying[method] = port[method].bind(port) as never;
		return dying;
	};
}

interface Options {
	input?: RoundInput;
	played?: Scenario;
	startSimulation?: StartSimulation;
	pace?: number;
}

function round({
	input = {},
	played = scenario,
	startSimulation = startLocalSimulation,
	pace = 0
}: Options = {}) {
	const clock = new ManualClock();
	const simulator = new RoundSimulator({ startSimulation, topology, scenario: played, seed });
	const machine = createIncidentMachine({ scenario: played, simulator, clock, paceMs: () => pace });
	const actor = createActor(machine, {
		input,
		inspect: (inspected) => {
			if (inspected.type !== '@xstate.microstep') return;
			for (const { source, eventType, target } of inspected._transitions as unknown as Taken[])
				taken.add(edgeOf(source.id, eventType, target));
		}
	});
	return { actor: actor.start(), clock, machine };
}

type State = Parameters<SnapshotFrom<IncidentMachine>['matches']>[0];
const reach = (actor: Actor<IncidentMachine>, state: State) =>
	waitFor(actor, (snapshot) => snapshot.matches(state), { timeout: 60_000 });

/** Sends all that the machine must not understand here; nothing may change. */
function refusesTheRest(actor: Actor<IncidentMachine>) {
	const before = actor.getSnapshot();
	const refused = events.filter((event) => !before.can(event));
	for (const event of refused) actor.send(event);
	const after = actor.getSnapshot();
	expect(after.value).toEqual(before.value);
	expect(after.context).toEqual(before.context);
	expect(refused.length).toBeGreaterThan(3);
}

it('takes every transition of its graph, and no event out of place changes anything', async () => {
	// A round with everything in it, second by second, to its account.
	const { actor, clock, machine } = round({ pace: 100 });
	refusesTheRest(actor);
	actor.send({ type: 'page.acknowledge' });
	await reach(actor, 'deciding');
	refusesTheRest(actor);
	actor.send({ type: 'look.toggle' });
	refusesTheRest(actor);
	actor.send({ type: 'look.toggle' });
	actor.send({ type: 'hint.ask' });
	actor.send({ type: 'step.choose', action: ineffective?.id ?? '' });
	await reach(actor, { watching: 'playing' });
	refusesTheRest(actor);
	clock.pass(100 * 21);
	await reach(actor, 'verdict');
	refusesTheRest(actor);
	actor.send({ type: 'round.next' });
	for (const { action } of line) {
		await reach(actor, 'deciding');
		actor.send({ type: 'step.choose', action: action ?? '' });
		await reach(actor, { watching: 'playing' });
		actor.send({ type: 'round.next' });
		await reach(actor, 'verdict');
		actor.send({ type: 'round.next' });
	}
	await reach(actor, { settling: 'playing' });
	refusesTheRest(actor);
	clock.pass(100 * 21);
	await reach(actor, 'resolved');
	refusesTheRest(actor);
	actor.send({ type: 'round.review' });
	await reach(actor, { postMortem: 'written' });
	refusesTheRest(actor);

	// A crash.
	const crash = round();
	crash.actor.send({ type: 'page.acknowledge' });
	await reach(crash.actor, 'deciding');
	crash.actor.send({ type: 'step.choose', action: line[0]?.action ?? '' });
	await reach(crash.actor, 'verdict');
	crash.actor.send({ type: 'round.next' });
	crash.actor.send({ type: 'step.choose', action: harmful.action ?? '' });
	await reach(crash.actor, 'crashed');
	refusesTheRest(crash.actor);
	crash.actor.send({ type: 'round.review' });
	await reach(crash.actor, { postMortem: 'written' });

	// All four steps done, and a promise that nothing can keep.
	const demanding = { ...scenario, objective: { ...scenario.objective, latencyMs: 1 } };
	const late = round({
		played: demanding,
		input: { resume: { moves: line, hints: [] } },
		pace: 100
	});
	late.actor.send({ type: 'page.acknowledge' });
	await reach(late.actor, { settling: 'playing' });
	late.actor.send({ type: 'round.next' });
	await reach(late.actor, 'unresolved');
	refusesTheRest(late.actor);
	late.actor.send({ type: 'round.review' });
	await reach(late.actor, { postMortem: 'written' });

	// A crash that was left, and found again.
	const left = round({
		input: { resume: { moves: [...line.slice(0, 1), harmful], hints: [] } }
	});
	left.actor.send({ type: 'page.acknowledge' });
	await reach(left.actor, 'crashed');

	// The simulation dies while the round opens, is watched, settles, and is compared.
	const openings = round({ startSimulation: dyingAfter(0) });
	openings.actor.send({ type: 'page.acknowledge' });
	await reach(openings.actor, 'unavailable');
	refusesTheRest(openings.actor);
	expect(openings.actor.getSnapshot().context.problem).toBe('the worker is gone');
	openings.actor.send({ type: 'round.retry' });
	await reach(openings.actor, 'unavailable');
	const watched = round({ startSimulation: dyingAfter(1) });
	watched.actor.send({ type: 'page.acknowledge' });
	await reach(watched.actor, 'deciding');
	watched.actor.send({ type: 'step.choose', action: line[0]?.action ?? '' });
	await reach(watched.actor, 'unavailable');
	const resume = { resume: { moves: line, hints: [] } };
	const settled = round({ input: resume, startSimulation: dyingAfter(5) });
	settled.actor.send({ type: 'page.acknowledge' });
	await reach(settled.actor, 'unavailable');
	const compared = round({ input: resume, startSimulation: dyingAfter(6) });
	compared.actor.send({ type: 'page.acknowledge' });
	await reach(compared.actor, 'resolved');
	compared.actor.send({ type: 'round.review' });
	await reach(compared.actor, { postMortem: 'written' });
	expect(compared.actor.getSnapshot().context.comparison).toBeUndefined();

	const wanted: string[] = [];
	const walk = ({ stateNode, edges, children }: DirectedGraphNode) => {
		for (const { transition } of edges)
			wanted.push(edgeOf(transition.source.id, transition.eventType, transition.target));
		for (const transition of stateNode.always ?? [])
			wanted.push(edgeOf(stateNode.id, '', transition.target));
		children.forEach(walk);
	};
	walk(toDirectedGraph(machine));
	expect(wanted.length).toBeGreaterThan(30);
	expect(wanted.filter((edge) => !taken.has(edge))).toEqual([]);
});

it.each([
	['before anything', []],
	['after a wrong decision', [{ step: 0, action: ineffective?.id ?? '' }]],
	['after the first step', line.slice(0, 1)],
	['after a crash', [...line.slice(0, 1), harmful]],
	['after three steps', line.slice(0, 3)],
	['when all is done', line]
] as [string, Move[]][])('restores a round left %s to the same figures', async (_, moves) => {
	const played = round();
	played.actor.send({ type: 'page.acknowledge' });
	for (const { action } of moves) {
		await reach(played.actor, 'deciding');
		played.actor.send({ type: 'step.choose', action: action ?? '' });
		await waitFor(played.actor, (snapshot) => !snapshot.matches('watching'), { timeout: 60_000 });
		played.actor.send({ type: 'round.next' });
	}
	const over = (snapshot: SnapshotFrom<IncidentMachine>) =>
		(['deciding', 'crashed', 'resolved'] as const).some((state) => snapshot.matches(state));
	const before = await waitFor(played.actor, over, { timeout: 60_000 });
	const again = round({ input: { resume: { moves, hints: [] } } });
	again.actor.send({ type: 'page.acknowledge' });
	const after = await waitFor(again.actor, over, { timeout: 60_000 });
	expect(after.value).toEqual(before.value);
	expect(after.context.reports).toEqual(before.context.reports);
	expect(after.context.moves).toEqual(before.context.moves);
});
