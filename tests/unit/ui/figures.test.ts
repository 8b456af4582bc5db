import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCount, formatLatency, formatRate, formatRatio } from '../../../src/lib/ui/figures';
import { healthOf } from '../../../src/lib/ui/health';
import { sparklinePath } from '../../../src/lib/ui/sparkline';

describe('figures', () => {
	test.each([
		[0, '0.0 ms'],
		[4.25, '4.3 ms'],
		[69.4, '69 ms'],
		[999, '999 ms'],
		[1240, '1.24 s'],
		[12_345, '12.3 s'],
		[NaN, '–'],
		[Infinity, '–']
	])('a latency of %d ms reads %s', (ms, text) => {
		expect(formatLatency(ms)).toBe(text);
	});

	test.each([
		[0, '0 %'],
		[0.003, '0.3 %'],
		[0.223, '22 %'],
		[1, '100 %'],
		[NaN, '–']
	])('a ratio of %d reads %s', (ratio, text) => {
		expect(formatRatio(ratio)).toBe(text);
	});

	test.each([
		[0, '0.0 rps'],
		[9.94, '9.9 rps'],
		[468.2, '468 rps'],
		[NaN, '–']
	])('a rate of %d reads %s', (rate, text) => {
		expect(formatRate(rate)).toBe(text);
	});

	test('a count loses nothing but gains gaps, at which no line breaks', () => {
		expect(formatCount(12_400)).toBe('12\u00a0400');
		fc.assert(
			fc.property(fc.nat(), (count) => {
				const text = formatCount(count);
				expect(Number(text.replaceAll('\u00a0', ''))).toBe(count);
				expect(text).toMatch(/^\d{1,3}(\u00a0\d{3})*$/);
			})
		);
	});
});

describe('health against an objective', () => {
	test.each([
		[100, 200, 'at-most', 'ok'],
		[195, 200, 'at-most', 'degraded'],
		[201, 200, 'at-most', 'failing'],
		[500, 400, 'at-least', 'ok'],
		[405, 400, 'at-least', 'degraded'],
		[399, 400, 'at-least', 'failing'],
		[0, 400, 'at-least', 'failing'],
		[0, 0, 'at-most', 'ok'],
		[0.01, 0, 'at-most', 'failing']
	] as const)('%d against %d, %s, is %s', (value, objective, sense, health) => {
		expect(healthOf(value, objective, sense)).toBe(health);
	});

	test('never gets better as a figure gets worse', () => {
		const order = ['ok', 'degraded', 'failing'];
		fc.assert(
			fc.property(
				fc.float({ min: 1, max: 1000, noNaN: true }),
				fc.float({ min: 0, max: 2000, noNaN: true }),
				fc.float({ min: 0, max: 2000, noNaN: true }),
				(objective, a, b) => {
					const [less, more] = a < b ? [a, b] : [b, a];
					expect(order.indexOf(healthOf(less, objective, 'at-most'))).toBeLessThanOrEqual(
						order.indexOf(healthOf(more, objective, 'at-most'))
					);
				}
			)
		);
	});
});

describe('a sparkline', () => {
	test('draws the highest value at the top, zero at the bottom, oldest at the left', () => {
		expect(sparklinePath([0, 10, 5], 100, 20)).toBe('M0.0 19.0L50.0 1.0L100.0 10.0');
	});

	test('needs two points', () => {
		expect(sparklinePath([], 100, 20)).toBe('');
		expect(sparklinePath([3], 100, 20)).toBe('');
	});

	test('stays within its drawing, whatever the values', () => {
		fc.assert(
			fc.property(
				fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 2 }),
				(values) => {
					const numbers = [...sparklinePath(values, 120, 24).matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)];
					expect(numbers).toHaveLength(values.length);
					for (const [, x, y] of numbers) {
						expect(Number(x)).toBeGreaterThanOrEqual(0);
						expect(Number(x)).toBeLessThanOrEqual(120);
						expect(Number(y)).toBeGreaterThanOrEqual(0);
						expect(Number(y)).toBeLessThanOrEqual(24);
					}
				}
			)
		);
	});
});
