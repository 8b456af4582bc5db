import { describe, expect, it } from 'vitest';
import {
	choicesOf,
	decodeFilter,
	encodeFilter,
	filterDecisions,
	listed,
	noFilter
} from '../../../src/lib/decisions/decision-filter';
import { prose, record } from './records';

const section = (text: string) => [{ id: 'context', title: 'Context', body: prose(text) }];
const records = [
	record(1, {
		title: 'Redis locking',
		tags: ['concurrency', 'consistency'],
		affects: ['redis-lock'],
		sections: section('Two bookings meet. The lock fails closed. A lease has a length.')
	}),
	record(2, {
		title: 'Kafka for jobs',
		status: 'superseded',
		tags: ['messaging', 'consistency'],
		affects: ['kafka', 'worker'],
		sections: section('Work leaked into the request path.')
	})
].map(listed);

const numbers = (change: Partial<typeof noFilter>) =>
	filterDecisions(records, { ...noFilter, ...change }).map(({ decision }) => decision.number);

describe('filtering records', () => {
	it('lists everything when nothing is asked for', () => {
		expect(numbers({})).toEqual([1, 2]);
	});

	it('takes status, tag and service together', () => {
		expect(numbers({ status: 'superseded' })).toEqual([2]);
		expect(numbers({ tag: 'consistency' })).toEqual([1, 2]);
		expect(numbers({ tag: 'consistency', service: 'redis-lock' })).toEqual([1]);
		expect(numbers({ status: 'superseded', service: 'redis-lock' })).toEqual([]);
	});

	it('wants all words, wherever they stand and however they are written', () => {
		expect(numbers({ words: 'LOCK length' })).toEqual([1]);
		expect(numbers({ words: 'lock request' })).toEqual([]);
	});

	it('shows the sentence that was found, and none when the title says it', () => {
		const [inText] = filterDecisions(records, { ...noFilter, words: 'fails closed' });
		const [inTitle] = filterDecisions(records, { ...noFilter, words: 'redis' });
		expect(inText?.sentence).toBe('The lock fails closed.');
		expect(inTitle?.sentence).toBeUndefined();
	});

	it('offers what the records have: statuses in their order, the most used tags first', () => {
		expect(choicesOf(records)).toEqual({
			statuses: ['accepted', 'superseded'],
			tags: ['consistency', 'concurrency', 'messaging'],
			services: ['redis-lock', 'kafka', 'worker']
		});
	});
});

describe('the filter in the address', () => {
	it('comes back as it was written, beside what else is there', () => {
		const filter = { status: 'accepted', tag: 'consistency', service: 'kafka', words: 'a & b' };
		const query = encodeFilter(new URLSearchParams('theme=dark'), filter);
		expect(query.get('theme')).toBe('dark');
		expect(decodeFilter(query, records)).toEqual(filter);
	});

	it('leaves no trace of a filter that is off', () => {
		expect(encodeFilter(new URLSearchParams('status=accepted&q=x'), noFilter).toString()).toBe('');
	});

	it('ignores what no record has, and caps what is searched for', () => {
		const query = new URLSearchParams({ status: 'banana', tag: '__proto__', q: 'x'.repeat(5000) });
		const filter = decodeFilter(query, records);
		expect(filter).toMatchObject({ status: '', tag: '', service: '' });
		expect(filter.words).toHaveLength(100);
	});
});
