import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { RecruiterPage, recruiterShortcut, ResumePage, resumeOf } from '$lib/recruiter';
import { fullSite } from '../../unit/recruiter/example-site';

const resume = resumeOf(fullSite);

describe('the recruiter page', () => {
	it('begins with name, role and the facts that are looked for first, in their order', () => {
		render(RecruiterPage, { resume });
		expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Zoë O’Neil, Ph.D.');
		const terms = screen.getAllByRole('term').map(({ textContent }) => textContent);
		expect(terms.slice(0, 7)).toEqual(
			'Now Before Education Experience Focus Location Availability'.split(' ')
		);
		expect(screen.getByText('Engineer, Fjord AS, since 2024-03')).toBeVisible();
	});

	it('shows no row for what the owner did not give', () => {
		const { current, previous, education, ...profile } = fullSite.profile;
		expect([current, previous, education]).not.toContain(undefined);
		render(RecruiterPage, { resume: resumeOf({ ...fullSite, profile }) });
		expect(screen.queryByText('Now')).not.toBeInTheDocument();
		expect(screen.queryByText('Education')).not.toBeInTheDocument();
	});

	it('links each claim to its evidence and each skill to where it was used', () => {
		render(RecruiterPage, { resume });
		const evidence = screen.getByRole('list', { name: 'Evidence: Short queues' });
		expect(within(evidence).getByRole('link', { name: 'Bounded queues' })).toHaveAttribute(
			'href',
			'/decisions/bounded-queues'
		);
		const kafka = screen.getByText(/^Kafka/).closest('li');
		expect(kafka && within(kafka).getByRole('link', { name: 'Drain' })).toHaveAttribute(
			'href',
			'/#module-drain'
		);
	});

	it('has the receipt of every figure in plain sight', () => {
		render(RecruiterPage, { resume });
		expect(screen.getByText(/The public status page/)).toBeVisible();
	});

	it('has CV and contact at hand, with nothing to type', () => {
		render(RecruiterPage, { resume });
		const addresses = ['CV and contact', 'The CV as a file'].flatMap((name) =>
			within(screen.getByRole('list', { name }))
				.getAllByRole('link')
				.map((link) => link.getAttribute('href'))
		);
		expect(addresses).toEqual([
			'/resume',
			'mailto:zoe@example.com',
			'/resume.txt',
			'/resume.json',
			'/zoe-o-neil-ph-d.vcf'
		]);
		expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
	});

	it('tells search engines who this is', () => {
		render(RecruiterPage, { resume });
		const data = document.head.querySelector('script[type="application/ld+json"]')?.textContent;
		expect(JSON.parse(data ?? '')).toMatchObject({
			'@type': 'ProfilePage',
			mainEntity: { name: 'Zoë O’Neil, Ph.D.', worksFor: { name: 'Fjord AS' } }
		});
	});
});

describe('the CV page', () => {
	it('lists the work newest first under real headings', () => {
		render(ResumePage, { resume });
		const headings = screen
			.getAllByRole('heading', { level: 3 })
			.map((heading) => heading.textContent);
		expect(headings.slice(0, 3)).toEqual([
			'2025 Queues drained',
			'2023 Cache placed',
			'Drain (stable)'
		]);
	});
});

describe('the keystroke', () => {
	it('opens recruiter mode wherever the focus is, until it is detached', async () => {
		const user = userEvent.setup();
		let opened = 0;
		const detach = recruiterShortcut(() => opened++)(document.body);
		await user.keyboard('{Alt>}r{/Alt}r');
		expect(opened).toBe(1);
		detach?.();
		await user.keyboard('{Alt>}r{/Alt}');
		expect(opened).toBe(1);
	});
});
