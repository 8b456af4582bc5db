import * as v from 'valibot';
import { address, date, references, text, texts } from './common';

const position = v.strictObject({
	title: text,
	company: text,
	from: v.optional(date),
	to: v.optional(date)
});
const email = v.pipe(
	v.string('expected name@example.com'),
	v.email('is not an address; expected name@example.com')
);

export const profile = v.strictObject({
	name: text,
	handle: v.optional(
		v.pipe(
			text,
			v.regex(/^[a-z][a-z0-9-]{0,31}$/, 'expected lower-case letters, digits and hyphens')
		)
	),
	role: text,
	summary: text,
	experience: v.optional(text),
	focus: texts,
	location: v.optional(text),
	availability: v.optional(text),
	current: v.optional(position),
	previous: v.optional(position),
	education: v.optional(
		v.array(
			v.strictObject({
				institution: text,
				degree: v.optional(text),
				from: v.optional(date),
				to: v.optional(date)
			})
		)
	),
	figures: v.optional(
		v.nullable(
			v.array(
				v.strictObject({
					value: text,
					label: text,
					receipt: v.strictObject(
						{
							what: text,
							baseline: v.optional(text),
							window: v.optional(text),
							method: v.optional(text),
							source: text
						},
						'every headline figure has a receipt; expected what it counts and its source'
					),
					evidence: references
				})
			)
		),
		[]
	),
	claims: v.optional(
		v.nullable(v.array(v.strictObject({ claim: text, detail: text, evidence: references }))),
		[]
	),
	stack: v.optional(v.nullable(v.array(v.strictObject({ group: text, items: v.array(text) }))), []),
	links: v.optional(v.nullable(v.array(v.strictObject({ label: text, url: address }))), []),
	contact: v.strictObject({ email, endpoint: v.optional(address) }),
	origin: v.optional(address, 'https://example.com'),
	language: v.optional(
		v.pipe(
			text,
			v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'expected a language tag such as en or en-GB')
		),
		'en'
	)
});
