import { fireEvent, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { memoryQuery } from '$lib/platform';
import LogStream from '../../../src/lib/profile/LogStream.svelte';
import { entry } from '../../unit/profile/site';

const entries = [
	entry(2022, { kind: 'foundation', facts: [{ text: 'faster responses', figure: '20 %' }] }),
	entry(2024, { kind: 'performance' }),
	entry(2025)
];
const titles = () =>
	screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);

describe('the log stream', () => {
	it('shows every entry, newest first, each with its own address', () => {
		render(LogStream, { entries, address: memoryQuery() });
		expect(titles()).toEqual(['Entry of 2025', 'Entry of 2024', 'Entry of 2022']);
		expect(screen.getByRole('link', { name: 'Entry of 2022' })).toHaveAttribute(
			'href',
			'#log-entry-2022'
		);
		expect(document.getElementById('log-entry-2022')).toHaveTextContent('faster responses 20 %');
	});

	it('filters by year and kind, says how much is left, and keeps it in the address', async () => {
		const address = memoryQuery();
		const user = userEvent.setup();
		render(LogStream, { entries, address });
		const year = within(screen.getByRole('group', { name: 'Filter by year' }));
		await user.click(year.getByRole('button', { name: '2024 1' }));
		expect(year.getByRole('button', { name: '2024 1' })).toHaveAttribute('aria-pressed', 'true');
		expect(titles()).toEqual(['Entry of 2024']);
		expect(screen.getByRole('status')).toHaveTextContent('1 of 3 entries');
		expect(address.read().toString()).toBe('year=2024');
		await user.click(year.getByRole('button', { name: /2024/ }));
		expect(titles()).toHaveLength(3);
		expect(address.read().toString()).toBe('');
	});

	it('begins with the filter of the address', () => {
		render(LogStream, { entries, address: memoryQuery('kind=foundation') });
		expect(titles()).toEqual(['Entry of 2022']);
	});

	it('offers a way back when nothing is left', async () => {
		const user = userEvent.setup();
		render(LogStream, { entries, address: memoryQuery('kind=foundation&year=2025') });
		expect(screen.queryByRole('heading', { level: 3 })).toBeNull();
		await user.click(screen.getByRole('button', { name: 'Show all entries' }));
		expect(titles()).toHaveLength(3);
	});

	it('brings back an entry that is linked to, whatever the filter was', async () => {
		const address = memoryQuery('year=2025');
		const scrolledTo: string[] = [];
		Element.prototype.scrollIntoView = function () {
			scrolledTo.push(this.id);
		};
		render(LogStream, { entries, address });
		expect(titles()).toEqual(['Entry of 2025']);
		const follow = (hash: string) =>
			fireEvent(
				window,
				new HashChangeEvent('hashchange', { newURL: `https://example.com/${hash}` })
			);
		await follow('#topology');
		expect(titles()).toHaveLength(1);
		await follow('#log-entry-2022');
		expect(titles()).toHaveLength(3);
		expect(scrolledTo).toEqual(['log-entry-2022']);
		expect(address.read().toString()).toBe('');
	});

	it('has no filters where there is nothing to choose between', () => {
		render(LogStream, { entries: entries.slice(0, 1), address: memoryQuery() });
		expect(screen.queryByRole('group')).toBeNull();
	});
});
