import * as v from 'valibot';
import { families, logKinds, stepKinds } from '../site';
import { address, amount, date, identifier, ratio, references, text, texts, whole } from './common';
import { figureName } from './figures';
import { change, objective } from './topology';

const oneOf = <const List extends readonly string[]>(list: List) =>
	v.picklist(list, `expected one of ${list.join(', ')}`);

export const logEntry = v.strictObject({
	year: v.pipe(whole, v.minValue(1950, 'expected a year'), v.maxValue(2100, 'expected a year')),
	title: text,
	kind: oneOf(logKinds),
	message: text,
	facts: v.optional(
		v.nullable(v.array(v.strictObject({ text, figure: v.exactOptional(text) }))),
		[]
	),
	skills: texts,
	related: references
});

export const incidentReport = v.strictObject({
	title: text,
	status: oneOf(['resolved', 'monitoring', 'open']),
	severity: v.exactOptional(text),
	date: v.exactOptional(date),
	summary: text,
	affects: texts,
	related: references
});

/**
 * What the front matter of a record says to this site; status, date, people, tags and links are read with the record, in
 * whatever form it was written, and what other tools keep there is none of ours.
 */
export const decision = v.looseObject({
	summary: v.optional(v.string('expected text'), ''),
	affects: texts,
	figure: figureName,
	related: references
});

export const principle = v.strictObject({
	name: text,
	motto: text,
	practice: text,
	order: v.optional(whole, 0)
});

export const module = v.strictObject({
	title: text,
	status: text,
	path: v.array(text),
	flow: v.exactOptional(identifier),
	problem: text,
	solution: text,
	impact: text,
	tags: texts,
	skills: texts,
	related: references,
	order: v.optional(whole, 0)
});

const scheduled = v.optional(v.array(v.strictObject({ atSeconds: amount, change })), []);
const action = v.strictObject({
	id: identifier,
	label: text,
	changes: v.optional(v.array(change), []),
	verdict: oneOf(['safe', 'ineffective', 'harmful']),
	says: text
});
const step = v.strictObject({
	kind: oneOf(stepKinds),
	question: text,
	hint: text,
	actions: v.pipe(v.array(action), v.length(4, 'expected exactly four actions'))
});

export const scenario = v.strictObject({
	number: whole,
	title: text,
	family: oneOf(families),
	severity: oneOf(['SEV-1', 'SEV-2', 'SEV-3']),
	page: text,
	brief: text,
	objective: v.exactOptional(objective),
	promise: v.exactOptional(
		v.strictObject({
			figure: text,
			label: text,
			sense: oneOf(['at-most', 'at-least']),
			value: amount
		})
	),
	services: texts,
	setup: v.optional(v.array(change), []),
	fault: scheduled,
	opensAtSeconds: whole,
	crashErrorRatio: ratio,
	lookalike: v.exactOptional(v.strictObject({ title: text, fault: scheduled })),
	signal: v.exactOptional(text),
	trigger: scheduled,
	steps: v.pipe(v.array(step), v.length(4, 'expected four steps: verify, mitigate, fix, prevent')),
	lesson: text,
	source: v.strictObject({ title: text, url: address }),
	limits: text
});
