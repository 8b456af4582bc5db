import jsonResumeSchema from '@jsonresume/schema';
import { describe, expect, it } from 'vitest';
import { loadFolder } from '$lib/content/load-folder';
import { jsonLd } from '../../../src/lib/recruiter/json-ld';
import { jsonResume } from '../../../src/lib/recruiter/json-resume';
import { receiptOf, resumeOf } from '../../../src/lib/recruiter/resume';
import { textResume } from '../../../src/lib/recruiter/text';
import { vcard } from '../../../src/lib/recruiter/vcard';
import { fullSite } from './example-site';

const sites = {
	'a full site': fullSite,
	'the first site': loadFolder('src/content'),
	'the minimal site': loadFolder('tests/fixtures/sites/minimal'),
	'the hostile site': loadFolder('tests/fixtures/sites/hostile')
};

/** Without line ends, indents and runs of blanks: what wrapping adds. */
const unwrapped = (text: string) => text.replace(/\s+/g, ' ');

/** RFC 6350 in reverse: unfolds, splits, unescapes. */
function cardOf(text: string): [property: string, value: string][] {
	return text
		.replace(/\r\n[ \t]/g, '')
		.split('\r\n')
		.filter(Boolean)
		.map((line) => {
			const colon = line.indexOf(':');
			const value = line
				.slice(colon + 1)
				.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
			return [line.slice(0, colon), value];
		});
}

describe.each(Object.entries(sites))('the CV of %s', (_, site) => {
	const resume = resumeOf(site, 'https://host.example/repo');
	const json = jsonResume(resume);

	it('is valid JSON Resume', () => {
		let errors: unknown;
		jsonResumeSchema.validate(JSON.parse(JSON.stringify(json)), (found) => (errors = found));
		expect(errors).toBeNull();
	});

	it('says the same name, role, summary and address in every format', () => {
		const person = JSON.parse(jsonLd(resume)).mainEntity;
		const card = new Map(cardOf(vcard(resume)));
		const { name, role, summary, contact } = site.profile;
		expect(json['basics']).toMatchObject({ name, label: role, summary, email: contact.email });
		expect(person).toMatchObject({
			name,
			jobTitle: role,
			description: summary,
			email: contact.email
		});
		expect([card.get('FN'), card.get('TITLE'), card.get('NOTE'), card.get('EMAIL')]).toEqual([
			name,
			role,
			summary,
			contact.email
		]);
		for (const fact of [name, role, summary, contact.email]) {
			expect(unwrapped(textResume(resume))).toContain(unwrapped(fact));
		}
	});

	it('says the same figures, claims and entries as text and as JSON', () => {
		const text = unwrapped(textResume(resume));
		const encoded = JSON.stringify(json);
		const facts = [
			...site.profile.figures.flatMap((figure) => [
				figure.value,
				figure.label,
				figure.receipt.source
			]),
			...site.profile.claims.flatMap(({ claim, detail }) => [claim, detail]),
			...site.log.flatMap((entry) => [entry.title, entry.message, ...entry.skills]),
			...site.modules.flatMap((module) => [module.title, module.problem, module.impact]),
			...site.profile.focus
		];
		for (const fact of facts) {
			expect(text).toContain(unwrapped(fact).replace(/\.$/, ''));
			expect(encoded).toContain(JSON.stringify(fact).slice(1, -1));
		}
		expect(resume.log).toHaveLength(site.log.length);
	});

	it('folds its card at 75 octets, ends lines with CRLF, and has no line that is not a property', () => {
		const lines = vcard(resume).split('\r\n');
		expect(lines.pop()).toBe('');
		for (const line of lines) {
			expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
			// eslint-disable-next-line no-control-regex -- none may be left
			expect(line).not.toMatch(/[\u0000-\u0008\u000A-\u001F\u007F]/);
		}
		const properties = cardOf(vcard(resume)).map(([property]) => property);
		expect(properties.slice(0, 2)).toEqual(['BEGIN', 'VERSION']);
		expect(properties.at(-1)).toBe('END');
		for (const property of properties) expect(property).toMatch(/^[A-Z]+$/);
	});

	it('cannot end the script element that its JSON-LD stands in', () => {
		expect(jsonLd(resume)).not.toContain('<');
	});

	it('keeps its text to 80 columns, but for a word or an address that is longer by itself', () => {
		const broad = textResume(resume)
			.split('\n')
			.filter((line) => line.length > 80 && !line.split(' ').some((word) => word.length > 60));
		expect(broad).toEqual([]);
	});
});

describe('the CV of a full site', () => {
	const resume = resumeOf(fullSite, 'https://host.example/repo');

	it('names employers only where the owner named them', () => {
		expect(jsonResume(resume)['work']).toEqual([
			{ name: 'Fjord AS', position: 'Engineer', startDate: '2024-03' },
			{ name: 'Skerry AS', position: 'Developer', startDate: '2019', endDate: '2024' }
		]);
		const { current, previous, ...rest } = fullSite.profile;
		expect([current, previous]).not.toContain(undefined);
		expect(jsonResume(resumeOf({ ...fullSite, profile: rest }))['work']).toEqual([]);
	});

	it('lists entries newest first, as projects with their absolute address', () => {
		expect(jsonResume(resume)['projects']).toMatchObject([
			{ name: 'Queues drained', startDate: '2025', url: 'https://host.example/repo/#log-queues' },
			{ name: 'Cache placed', startDate: '2023' },
			{ name: 'Drain', url: 'https://host.example/repo/#module-drain' }
		]);
	});

	it('links each claim to its evidence', () => {
		expect(resume.claims[0]?.evidence).toEqual([
			{ kind: 'decision', title: 'Bounded queues', path: '/decisions/bounded-queues' }
		]);
		expect(textResume(resume)).toContain('https://host.example/repo/decisions/bounded-queues');
	});

	it('writes a receipt in sentences', () => {
		expect(resume.figures.map(receiptOf)).toEqual([
			'Good answers of all answers (2025), against the year before. Measured by the load balancer. The public status page.'
		]);
	});

	it('carries company, place and links on its card', () => {
		expect(cardOf(vcard(resume))).toEqual(
			expect.arrayContaining([
				['ORG', 'Fjord AS'],
				['ADR', ';;;Tromsø;;;'],
				['URL', 'https://code.example.org/zoe']
			])
		);
	});
});
