import { describe, expect, it } from 'vitest';
import { skillGroups, ungrouped, yearsOf } from '../../../src/lib/recruiter/skills';
import { fullSite } from './example-site';

describe('where skills were used', () => {
	const groups = skillGroups(fullSite);
	const find = (name: string) =>
		groups.flatMap(({ skills }) => skills).find((skill) => skill.name === name);

	it('is derived from log entries and modules, by year, whatever the case', () => {
		expect(find('Redis')?.uses).toEqual([
			{ title: 'Cache placed', year: 2023, path: '/#log-cache' },
			{ title: 'Queues drained', year: 2025, path: '/#log-queues' }
		]);
		expect(find('Kafka')?.uses.map(({ title }) => title)).toEqual(['Queues drained', 'Drain']);
	});

	it('spans the years of its entries', () => {
		const years = ['Redis', 'Kafka', 'COBOL'].map((name) => {
			const skill = find(name);
			return skill && yearsOf(skill);
		});
		expect(years).toEqual(['2023 to 2025', '2025', undefined]);
	});

	it('shows a skill that nothing bears out as such', () => {
		expect(find('COBOL')?.uses).toEqual([]);
	});

	it('gathers what the entries name beyond the stack in a group of its own, and drops empty groups', () => {
		expect(groups.map(({ group }) => group)).toEqual(['Data', ungrouped]);
		expect(groups.at(-1)?.skills.map(({ name }) => name)).toEqual(['SQL']);
	});

	it('counts an entry once that names a skill twice', () => {
		const [first] = fullSite.log;
		const twice = first ? [{ ...first, skills: ['Redis', 'redis '] }] : [];
		const redis = skillGroups({ ...fullSite, log: twice, modules: [] })[0]?.skills[0];
		expect(redis?.uses).toHaveLength(1);
	});
});
