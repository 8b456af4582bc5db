import { fireEvent, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { IncidentReport } from '$lib/content';
import { memoryQuery } from '$lib/platform';
import DecisionList from '../../../src/lib/decisions/DecisionList.svelte';
import DecisionRecord from '../../../src/lib/decisions/DecisionRecord.svelte';
import DecisionsSummary from '../../../src/lib/decisions/DecisionsSummary.svelte';
import IncidentReportView from '../../../src/lib/decisions/IncidentReportView.svelte';
import LedgerView from '../../../src/lib/decisions/LedgerView.svelte';
import RecordDiffView from '../../../src/lib/decisions/RecordDiffView.svelte';
import RecordGraph from '../../../src/lib/decisions/RecordGraph.svelte';
import TimelineScrubber from '../../../src/lib/decisions/TimelineScrubber.svelte';
import { ledgerOf } from '../../../src/lib/decisions/ledger';
import { recordDiff } from '../../../src/lib/decisions/record-diff';
import { arcsOf } from '../../../src/lib/decisions/record-graph';
import { listed } from '../../../src/lib/decisions/decision-filter';
import { link, prose, record } from '../../unit/decisions/records';

const old = record(1, {
	title: 'Row locks',
	slug: 'row-locks',
	status: 'superseded',
	tags: ['concurrency'],
	affects: ['redis-lock', 'unknown']
});
const current = record(2, {
	title: 'Redis locking',
	slug: 'redis-locking',
	tags: ['concurrency', 'consistency'],
	links: [link('supersedes', 1)],
	sections: [
		{ id: 'context', title: 'Context', body: prose('Two bookings meet.') },
		{ id: 'trade-off', title: 'Trade-off', body: prose('A round trip more.') }
	]
});
const decisions = [old, current];
const services = [{ id: 'redis-lock', name: 'Redis Lock' }];

describe('a decision record', () => {
	it('sends whoever reads an old record to the one in force', () => {
		render(DecisionRecord, { decision: old, decisions, services });
		const note = screen.getByRole('note');
		expect(note).toHaveTextContent('It no longer holds. Read ADR-002: Redis locking instead.');
		expect(within(note).getByRole('link')).toHaveAttribute('href', '/decisions/redis-locking');
	});

	it('has no banner while it is in force, and says what it replaced', () => {
		render(DecisionRecord, { decision: current, decisions, services });
		expect(screen.queryByRole('note')).toBeNull();
		const relations = screen.getByRole('list', { name: 'Relations to other records' });
		expect(relations).toHaveTextContent(/supersedes\s*ADR-001: Row locks/);
	});

	it('states its status in words, its sections as headings with addresses', () => {
		render(DecisionRecord, { decision: current, decisions, services });
		expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('ADR-002 Redis locking');
		expect(screen.getByText('accepted')).toBeVisible();
		expect(
			screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent?.trim())
		).toEqual(['Context', 'Trade-off']);
		expect(screen.getByRole('link', { name: 'Trade-off' })).toHaveAttribute('href', '#trade-off');
	});

	it('links the services it touches, by name where one is known', () => {
		render(DecisionRecord, { decision: old, decisions, services });
		const affected = within(screen.getByRole('list', { name: 'Services affected' }));
		expect(affected.getByRole('link', { name: 'Redis Lock' })).toHaveAttribute(
			'href',
			'/topology#service-redis-lock'
		);
		expect(affected.getByRole('link', { name: 'unknown' })).toBeVisible();
	});
});

describe('the list of records', () => {
	const rendered = (query = '') => {
		const address = memoryQuery(query);
		render(DecisionList, { decisions: decisions.map(listed), services, address });
		return address;
	};
	const titles = () =>
		within(screen.getByRole('list', { name: 'Decision records' }))
			.getAllByRole('link')
			.map(({ textContent }) => textContent);

	it('filters by status, says how many are left, and keeps it in the address', async () => {
		const address = rendered();
		expect(titles()).toEqual(['Row locks', 'Redis locking']);
		await userEvent.setup().click(screen.getByRole('button', { name: 'accepted' }));
		expect(titles()).toEqual(['Redis locking']);
		expect(screen.getByRole('status')).toHaveTextContent('1 of 2 records');
		expect(address.read().toString()).toBe('status=accepted');
	});

	it('searches the text and shows the sentence', async () => {
		rendered();
		await userEvent.setup().type(screen.getByRole('searchbox', { name: 'search' }), 'bookings');
		expect(titles()).toEqual(['Redis locking']);
		expect(screen.getByText('Two bookings meet.')).toBeVisible();
	});

	it('begins with the filter of the address and offers a way back from nothing', async () => {
		rendered('service=redis-lock&status=accepted');
		expect(screen.getByText(/No record fits/)).toBeVisible();
		await userEvent.setup().click(screen.getByRole('button', { name: 'Show all records' }));
		expect(titles()).toHaveLength(2);
	});
});

describe('the records on the landing page', () => {
	it('are the first in full and the others by title', () => {
		render(DecisionsSummary, { decisions: [current, old] });
		expect(screen.getByText('A round trip more.')).toBeVisible();
		const rest = within(screen.getByRole('list', { name: 'Further decision records' }));
		expect(rest.getByRole('link', { name: 'Row locks' })).toHaveAttribute(
			'href',
			'/decisions/row-locks'
		);
	});
});

describe('an incident report', () => {
	const report: IncidentReport = {
		slug: 'pricing',
		title: 'Two prices',
		status: 'resolved',
		summary: 'Standard and affiliate disagreed.',
		sections: [{ id: 'root-cause', title: 'Root cause', body: prose('A gap.') }],
		related: [{ kind: 'decision', slug: 'authority', title: 'Pricing authority' }],
		affects: []
	};

	it('reads in the order of its file, with its state in words', () => {
		render(IncidentReportView, { report });
		expect(screen.getByRole('heading', { level: 3, name: 'Two prices' })).toBeVisible();
		expect(screen.getByText('resolved')).toBeVisible();
		expect(screen.getByRole('link', { name: 'Root cause' })).toHaveAttribute(
			'href',
			'#pricing-root-cause'
		);
		expect(screen.getByRole('link', { name: 'Pricing authority' })).toHaveAttribute(
			'href',
			'/decisions/authority'
		);
	});
});

describe('the records together', () => {
	const records = [old, { ...current, date: '2025' }];

	it('stand in order of time, joined by what they say of each other', async () => {
		render(RecordGraph, { records, arcs: arcsOf(records) });
		expect(screen.getByRole('img', { name: /ADR-002 supersedes ADR-001/ })).toBeInTheDocument();
		const rows = screen.getByRole('list', { name: 'Records in order of time' });
		expect(within(rows).getAllByRole('link')).toHaveLength(2);
		expect(within(rows).getByText('2025')).toBeInTheDocument();
	});

	it('have a ledger whose sentences lead to where they stand', () => {
		render(LedgerView, { rows: ledgerOf(decisions) });
		const row = screen.getByRole('row', { name: /Redis locking/ });
		expect(within(row).getByRole('link', { name: 'A round trip more.' })).toHaveAttribute(
			'href',
			'/decisions/redis-locking#trade-off'
		);
		expect(row).toHaveTextContent('nothing said');
	});

	it('build the system up again, step by step', async () => {
		const seen: string[][] = [];
		const map = createRawSnippet<[string[], string[]]>((standing) => ({
			render: () => {
				seen.push(standing());
				return `<p>${standing().join(' ')}</p>`;
			}
		}));
		render(TimelineScrubber, {
			records,
			services: [...services, { id: 'gateway', name: 'Gateway' }],
			map
		});
		expect(screen.getByRole('status')).toHaveTextContent('ADR-002: Redis locking, 2025. 2 of 2');
		const slider = screen.getByRole('slider', { name: 'as of' });
		await fireEvent.input(slider, { target: { value: '0' } });
		expect(screen.getByRole('status')).toHaveTextContent('ADR-001: Row locks');
		expect(slider).toHaveAttribute('aria-valuetext', 'ADR-001, Row locks');
		expect(seen[0]).toEqual(['redis-lock', 'gateway']);
	});

	it('show what a record changed in the one that it replaced', () => {
		render(RecordDiffView, { replaced: 1, sections: recordDiff(old, current) });
		expect(screen.getByText('What changed from ADR-001')).toBeInTheDocument();
		expect(document.querySelector('ins')).toHaveTextContent('Two bookings meet.');
		expect(document.querySelector('del')).not.toBeNull();
	});
});
