import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../src/lib/platform/storage';
import { incidentCommands } from '../../../src/lib/incident/commands';
import { scorecardOn } from '../../../src/lib/incident/progress';
import { scenarios } from './deck-of-the-site';

const store = memoryStore();
const card = scorecardOn(store);
card.current = { ...card.current, score: 175, solved: [32], rounds: 2, crashes: 1 };

function run(line: string) {
	const [command] = incidentCommands({ scenarios, store, now: () => Date.UTC(2026, 10, 20) });
	if (!command) throw new Error('there is no command');
	return command.run(line.split(' ').filter(Boolean), '');
}

describe('incident', () => {
	it('lists the deck by number and marks what is solved', async () => {
		const { output } = await run('list');
		expect(output).toMatch(/^ {2}1 .*The index that left/);
		expect(output).toMatch(/32 {2}solved .*Log volume spike/);
		expect(output).toContain(`${scenarios.length} incidents`);
	});

	it('lists a family, and names the families when there is no such one', async () => {
		expect((await run('list cache')).output).toMatch(/^3 incidents$/m);
		expect(await run('list weather')).toMatchObject({ exitCode: 1 });
	});

	it('opens a scenario by its number, and an unsolved one when none is named', async () => {
		expect(await run('play 32')).toMatchObject({
			effects: [{ kind: 'navigate', path: '/incidents/log-volume-spike' }]
		});
		const { effects } = await run('play');
		expect(effects).not.toEqual([{ kind: 'navigate', path: '/incidents/log-volume-spike' }]);
	});

	it('opens the same incident of the day however often it is asked', async () => {
		expect(await run('daily')).toEqual(await run('daily'));
	});

	it('reads a page aloud, and counts', async () => {
		expect((await run('show 41')).output).toContain('SEV-1 | dependency');
		expect((await run('stats')).output).toContain(`solved       1 of ${scenarios.length}`);
	});

	it.each([
		['play 999', 1],
		['show', 2],
		['show __proto__', 1],
		['win', 2]
	])('refuses `%s` with a reason', async (line, exitCode) => {
		const result = await run(line);
		expect(result.exitCode).toBe(exitCode);
		expect(result.error).toMatch(/^incident: .+\n$/);
	});
});
