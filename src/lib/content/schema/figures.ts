import * as v from 'valibot';
import { amount, identifier, text, whole } from './common';
import { topology } from './topology';

const { services, calls, flows } = topology.entries;
const unit = v.picklist(['ms', 'ratio', 'rps', 'count'], 'expected one of ms, ratio, rps, count');

/** A change whose numbers may stand as `$value`, `$value * 2`, `$value / 2` or `1 - $value`; checked once they are put in. */
const changes = v.array(
	v.looseObject({ verb: text }, 'expected a change of the simulator'),
	'expected a list of changes'
);

/** A small figure that the simulator runs: one control to move, variants beside each other, and what is measured. */
export const figure = v.strictObject({
	title: text,
	caption: text,
	seed: v.optional(whole, 1),
	warmupSeconds: v.optional(whole, 10),
	seconds: v.pipe(
		whole,
		v.minValue(1, 'expected at least 1'),
		v.maxValue(600, 'expected at most 600')
	),
	services,
	calls,
	flows,
	control: v.strictObject({
		label: text,
		unit,
		values: v.pipe(v.array(amount), v.minLength(2, 'expected at least two values')),
		start: amount,
		changes
	}),
	variants: v.pipe(
		v.array(
			v.strictObject({
				label: text,
				changes: v.optional(changes, []),
				control: v.exactOptional(changes)
			})
		),
		v.minLength(2, 'expected at least two variants'),
		v.maxLength(4, 'expected at most four variants')
	),
	measures: v.pipe(
		v.array(v.strictObject({ figure: text, label: text, unit })),
		v.minLength(1, 'expected at least one measure'),
		v.maxLength(3, 'expected at most three measures')
	)
});

/** What a figure's slug looks like where it is named. */
export const figureName = v.exactOptional(identifier);
