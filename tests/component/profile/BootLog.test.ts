import { fireEvent, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryStore } from '$lib/platform';
import BootLog from '../../../src/lib/profile/BootLog.svelte';
import { watchBoot } from '../../../src/lib/profile/boot-sequence';
import { profile, report, topology } from '../../unit/profile/site';

const root = document.documentElement;
const forget = () => {
	delete root.dataset['booted'];
	sessionStorage.clear();
};
beforeEach(forget);
afterEach(forget);

describe('the boot section', () => {
	it('names the owner, with role, experience and focus, before the log', () => {
		render(BootLog, { profile, topology, reports: [report()] });
		const name = screen.getByRole('heading', { level: 1, name: 'Ada Example' });
		const log = screen.getByRole('list', { name: 'Boot log' });
		expect(name.compareDocumentPosition(log)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
		expect(screen.getByText('Backend Engineer')).toBeVisible();
		expect(screen.getByText('4+ years')).toBeVisible();
		expect(within(log).getByText('initialising the system')).toBeVisible();
	});

	it('gives every headline figure a receipt with its source and evidence', () => {
		render(BootLog, { profile, topology, reports: [] });
		const button = screen.getByRole('button', { name: 'receipt for 80+ APIs' });
		const receipt = document.getElementById(button.getAttribute('popovertarget') ?? '');
		expect(receipt).toHaveTextContent('Own account');
		expect(receipt?.querySelector('a')).toHaveAttribute('href', '/#log-entry-2024');
	});

	it('says how the running system is, and follows it while the log stands still', async () => {
		const { rerender } = render(BootLog, { profile, topology, reports: [report()] });
		expect(screen.getByText('running system inside its objective')).toBeVisible();
		const slow = Array.from({ length: 10 }, () => report({ p95Ms: 900 }));
		await rerender({ reports: slow });
		expect(screen.getByText('running system outside its objective')).toBeVisible();
		expect(screen.getByRole('list', { name: 'Boot log' })).toHaveTextContent('p95 206 ms');
	});

	it('claims no status of a system that is not there', () => {
		render(BootLog, { profile, topology: { ...topology, services: [] }, reports: [] });
		expect(screen.queryByText(/running system/)).toBeNull();
	});

	it('hands what is typed to the shell and clears the prompt', async () => {
		const opened: string[] = [];
		const user = userEvent.setup();
		render(BootLog, { profile, topology, reports: [], onopen: (text) => opened.push(text) });
		const prompt = screen.getByRole('textbox', { name: 'Command for ada:~$' });
		await user.type(prompt, ' adr ls {Enter}');
		expect(opened).toEqual(['adr ls']);
		expect(prompt).toHaveValue('');
	});

	it('has no prompt where nobody would answer', () => {
		render(BootLog, { profile, topology, reports: [] });
		expect(screen.queryByRole('textbox')).toBeNull();
	});
});

describe('the typing of the log', () => {
	function typedLog() {
		const log = document.createElement('ol');
		log.innerHTML = '<li>a</li><li>b</li>';
		for (const line of log.children)
			Object.assign(line, { getAnimations: () => [{ playState: 'running' }] });
		return log;
	}

	it.each([
		['a key', () => fireEvent.keyDown(document.body, { key: 'Escape' })],
		['a click', () => fireEvent.pointerDown(document.body)]
	])('ends at %s, once for the visit', async (_, act) => {
		const store = memoryStore();
		watchBoot(typedLog(), store);
		expect(root.dataset['booted']).toBeUndefined();
		await act();
		expect(root.dataset['booted']).toBe('');
		expect(store.getItem('fournines:booted')).toBe('1');
	});

	it('ends when its last line is out, not before', async () => {
		const log = typedLog();
		document.body.append(log);
		watchBoot(log, memoryStore());
		for (const [line, booted] of [
			[log.firstElementChild, undefined],
			[log.lastElementChild, '']
		] as const) {
			if (line) await fireEvent.animationEnd(line);
			expect(root.dataset['booted']).toBe(booted);
		}
		log.remove();
	});

	it('counts as over when the page comes to life late', () => {
		const log = typedLog();
		Object.assign(log.lastElementChild ?? {}, { getAnimations: () => [] });
		watchBoot(log, memoryStore());
		expect(root.dataset['booted']).toBe('');
	});

	it('survives a device that keeps nothing', async () => {
		const refusing = {
			...memoryStore(),
			setItem: () => {
				throw new Error('quota');
			}
		};
		watchBoot(typedLog(), refusing);
		await fireEvent.keyDown(document.body, { key: 'a' });
		expect(root.dataset['booted']).toBe('');
	});

	it('stops listening when the section is gone', async () => {
		watchBoot(typedLog(), memoryStore())();
		await fireEvent.keyDown(document.body, { key: 'a' });
		expect(root.dataset['booted']).toBeUndefined();
	});
});
