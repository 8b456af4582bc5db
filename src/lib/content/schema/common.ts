import * as v from 'valibot';

/** Text that says something. */
export const text = v.pipe(
	v.string('expected text'),
	v.trim(),
	v.nonEmpty('is empty; expected text')
);
export const ratio = v.pipe(
	v.number('expected a number from 0 to 1'),
	v.minValue(0, 'is below 0; expected 0 to 1'),
	v.maxValue(1, 'is above 1; expected 0 to 1')
);
export const amount = v.pipe(
	v.number('expected a number'),
	v.finite('expected a finite number'),
	v.minValue(0, 'is negative; expected 0 or more')
);
export const whole = v.pipe(
	v.number('expected a whole number'),
	v.integer('expected a whole number'),
	v.minValue(0, 'is negative; expected 0 or more')
);
export const address = v.pipe(
	v.string('expected an address'),
	v.url('is not an address; expected https://…'),
	v.regex(/^https?:/i, 'expected an address that begins with https://')
);
export const identifier = v.pipe(
	v.string('expected a name'),
	v.regex(/^[a-z0-9][a-z0-9>:#_-]*$/, 'expected lower-case letters, digits and hyphens'),
	v.maxLength(80)
);
/** A year, a month or a day: 2025, 2025-03, 2025-03-02. */
export const date = v.pipe(
	v.union([v.string(), v.number()], 'expected a date such as 2025, 2025-03 or 2025-03-02'),
	v.transform(String),
	v.regex(
		/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/,
		'is not a date; expected 2025, 2025-03 or 2025-03-02'
	)
);
/** `decision:redis-locking`: a kind and a slug. */
export const reference = v.pipe(
	v.string('expected kind:slug'),
	v.regex(
		/^(log|decision|incident|module|scenario|service|principle):[^\s:]+$/,
		'expected kind:slug, the kind one of log, decision, incident, module, scenario, service, principle'
	)
);
export const texts = v.optional(v.nullable(v.array(text, 'expected a list')), []);
export const references = v.optional(
	v.nullable(v.array(reference, 'expected a list of kind:slug')),
	[]
);
