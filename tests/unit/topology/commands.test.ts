import { describe, expect, test } from 'vitest';
import { loadFolder } from '../../../src/lib/content/load-folder';
import { ManualClock } from '../../../src/lib/platform/clock';
import { startLocalSimulation } from '../../../src/lib/platform/local-simulation';
import { RunningSystem } from '../../../src/lib/platform/running-system.svelte';
import { topologyCommands } from '../../../src/lib/topology/commands';
import { Damage } from '../../../src/lib/topology/damage.svelte';
import { simulationInput } from '../../../src/lib/topology/observe';
import { RequestReplay } from '../../../src/lib/topology/request-replay.svelte';

const { topology } = loadFolder('src/content');

async function shell(seconds = 5) {
	const system = new RunningSystem({
		input: simulationInput(topology),
		baseline: [],
		start: startLocalSimulation,
		clock: new ManualClock()
	});
	for (let second = 0; second < seconds; second++) await system.tick();
	const [command] = topologyCommands({ topology, system });
	if (!command) throw new Error('no command');
	const run = async (line: string) => command.run(line.split(' ').filter(Boolean), '');
	return { system, run, command };
}

describe('reading by command', () => {
	test('every service and every flow of the map is told', async () => {
		const { run } = await shell();
		const { output } = await run('ls');
		for (const { id } of topology.services) expect(output).toContain(id);
		const tree = (await run('tree')).output;
		for (const { id } of topology.flows) expect(tree).toContain(`${id}:`);
		expect((await run('tree booking')).output).toMatch(
			/booking-engine\s+\(timeout 900 ms\)\n\s+redis-lock/
		);
		expect((await run('show redis-lock')).output).toMatch(/^Redis Lock \(infra, Redis\)/);
		expect((await run('top')).output).toMatch(/^SERVICE/);
	});

	test.each([
		['show nobody', 1, 'there is no service nobody'],
		['ls --layer attic', 2, '--layer takes one of'],
		['trace nowhere', 1, 'there is no flow nowhere'],
		['tree nowhere', 1, 'there is no flow nowhere'],
		['replay booking --at soon', 1, '--at takes milliseconds'],
		['replay step', 1, 'no request is being replayed'],
		['undo', 1, 'nothing is broken'],
		['kill', 2, 'kill SERVICE'],
		['slow api twice', 2, 'twice is no number'],
		['slow api 0', 1, 'the factor is more than 0'],
		['load nowhere', 1, 'there is no flow nowhere'],
		['explode', 2, 'is none of']
	])('%s fails with %i and a sentence', async (line, exitCode, sentence) => {
		const { run } = await shell(1);
		const result = await run(line);
		expect(result.exitCode).toBe(exitCode);
		expect(result.error).toContain(sentence);
	});

	test('completion offers what a word can be', async () => {
		const { command } = await shell(0);
		expect(command.complete?.(['kill'])).toContain('gateway');
		expect(command.complete?.(['load'])).toContain('all');
		expect(command.complete?.(['replay'])).toContain('step');
		expect(command.complete?.(['undo'])).toEqual(['--all']);
	});
});

describe('the page and the shell are two faces of one state', () => {
	test('a replay begun in the shell stands on the map, and is stepped there', async () => {
		const { system, run } = await shell(1);
		const begun = await run('replay booking --at 20');
		const replay = RequestReplay.of(system);
		expect(replay.at).toBe(20);
		expect(begun.output).toMatch(/at 20 ms of/);
		const linesAt20 = begun.output.split('\n').length;
		await run('replay step');
		expect(replay.at).toBeGreaterThan(20);
		replay.seek(replay.length);
		const { output } = await run('replay pause');
		expect(output.split('\n').length).toBeGreaterThan(linesAt20);
		expect((await run('replay close')).output).toBe('closed\n');
		expect(replay.trace).toBeUndefined();
	});

	test('what the shell breaks is told, shown by the page, and undone', async () => {
		const { system, run } = await shell(15);
		const broken = await run('slow database 20');
		expect(broken.output).toMatch(/^broken: Database 20 times slower\n/);
		expect(broken.output).toMatch(/- Database answers in/);
		const damage = Damage.of(system, topology);
		expect(damage.applied).toHaveLength(1);
		await run('kill booking-engine');
		expect((await run('damage')).output).toContain('a replica of Booking Engine killed');
		expect((await run('undo --all')).output).toMatch(
			/^undone: Database 20 times slower; a replica/
		);
		expect(damage.applied).toEqual([]);
		expect((await run('restart')).output).toBe('the system starts from rest\n');
		expect(system.changes).toEqual([]);
	});
});
