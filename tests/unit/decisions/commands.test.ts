import { describe, expect, it } from 'vitest';
import { decisionCommands } from '../../../src/lib/decisions/commands';
import { link, prose, record } from './records';

const decisions = [
	record(1, {
		title: 'Redis locking',
		slug: 'redis-locking',
		status: 'superseded',
		date: '2024',
		affects: ['redis-lock'],
		sections: [{ id: 'trade-off', title: 'Trade-off', body: prose('A round trip.') }]
	}),
	record(2, { title: 'Leases', links: [link('supersedes', 1)] })
];
const [adr] = decisionCommands({ decisions });
const run = async (...args: string[]) => {
	if (!adr) throw new Error('no command');
	return adr.run(args, '');
};

describe('adr', () => {
	it('lists the records, aligned', async () => {
		expect((await run('ls')).output).toBe(
			'ADR-001  superseded  2024        Redis locking\nADR-002  accepted                Leases\n'
		);
		expect((await run()).output).toBe((await run('ls')).output);
	});

	it.each(['1', '001', 'ADR-1', 'adr-001', 'redis-locking'])(
		'shows a record by %s',
		async (word) => {
			const { output, exitCode } = await run('show', word);
			expect(exitCode).toBe(0);
			expect(output).toContain('ADR-001: Redis locking');
			expect(output).toContain('## Trade-off\nA round trip.');
			expect(output).toContain('is superseded by ADR-002: Leases');
			expect(output).toContain('affects redis-lock');
		}
	);

	it('follows a lineage', async () => {
		const { output } = await run('lineage', '2');
		expect(output.match(/ADR-\d+/g)).toEqual(['ADR-001', 'ADR-002']);
	});

	it('tells why a service is as it is, the order of time, and the balance', async () => {
		expect((await run('why', 'redis-lock')).output).toMatch(/^ADR-001 .*Redis locking/);
		expect(await run('why', 'nothing')).toMatchObject({ exitCode: 1 });
		expect((await run('timeline')).output.match(/ADR-\d+/g)).toEqual(['ADR-001', 'ADR-002']);
		expect((await run('ledger', '1')).output).toBe(
			'ADR-001: Redis locking\n  paid   A round trip.\n'
		);
	});

	it('checks the set, and fails only on contradictions', async () => {
		expect(await run('lint')).toEqual({
			output: '2 records, 0 errors, 0 warnings\n',
			exitCode: 0
		});
		const [broken] = decisionCommands({ decisions: [record(1, { status: 'superseded' })] });
		expect(await broken?.run(['lint'], '')).toMatchObject({ exitCode: 1 });
	});

	it('says what it does not know and how it is used', async () => {
		expect(await run('show', '9')).toEqual({
			output: '',
			error: 'adr: no record 9; `adr ls` lists all 2\n',
			exitCode: 1
		});
		expect(await run('show')).toMatchObject({ exitCode: 2 });
		expect(await run('burn')).toMatchObject({ exitCode: 2 });
	});

	it('completes actions and numbers', () => {
		expect(adr?.complete?.([])).toContain('show');
		expect(adr?.complete?.(['show'])).toEqual(['1', '2']);
		expect(adr?.complete?.(['ls'])).toEqual([]);
		expect(adr?.complete?.(['show', '1'])).toEqual([]);
	});
});
