import { slugOf } from './markdown';
import { families } from './site';

export const blankKinds = [
	'decision',
	'incident',
	'log',
	'module',
	'principle',
	'scenario'
] as const;
export type BlankKind = (typeof blankKinds)[number];

export function isBlankKind(kind: string): kind is BlankKind {
	return blankKinds.some((each) => each === kind);
}

interface Around {
	/** Files of the content folder, by their paths in it. */
	files: string[];
	/** As 2026-03-02. */
	today: string;
	/** Services to choose from, for a scenario. */
	services: string[];
}

/** A file to begin with: valid as it is, and with a word on what belongs where. */
export function blank(
	kind: BlankKind,
	title: string,
	{ files, today, services }: Around
): { file: string; text: string } | { problem: string } {
	const slug = slugOf(title);
	const number = 1 + Math.max(0, ...files.map((file) => numberIn(file, 'decisions')));
	const year = today.slice(0, 4);
	const file = {
		decision: `decisions/${String(number).padStart(4, '0')}-${slug}.md`,
		incident: `incidents/${slug}.md`,
		log: `log/${year}-${slug}.md`,
		module: `modules/${slug}.md`,
		principle: `principles/${slug}.md`,
		scenario: `scenarios/${slug}.yaml`
	}[kind];
	const taken = files.find((other) => placeOf(other) === placeOf(file));
	if (taken) return { problem: `${taken} is there already; choose another title` };
	if (kind === 'scenario' && services.length === 0)
		return { problem: 'A scenario needs a service in topology.yaml to happen to.' };
	const name = JSON.stringify(title);
	const texts: Record<BlankKind, () => string> = {
		decision: () => decision(title, today),
		incident: () => incident(name, today),
		log: () => log(name, year),
		module: () => module(name),
		principle: () => principle(name),
		scenario: () => scenario(name, scenarioNumber(files), services[0] ?? '')
	};
	return { file, text: texts[kind]() };
}

/** What must be unique: the address, without numbers and years; reports and scenarios share theirs. */
function placeOf(file: string): string {
	const [folder = '', name = ''] = file.split('/');
	return `${folder.replace('scenarios', 'incidents')}/${name.replace(/^\d+-|\.\w+$/g, '')}`;
}

function numberIn(file: string, folder: string): number {
	return Number(new RegExp(`^${folder}/(\\d+)-`).exec(file)?.[1] ?? 0);
}

/** Above all that a deck is likely to have: the loader says so if it is taken. */
function scenarioNumber(files: string[]): number {
	return 900 + files.filter((file) => file.startsWith('scenarios/')).length;
}

const decision = (title: string, today: string) => `---
status: proposed
date: ${today}
tags: []
summary: In a sentence, what is decided and what for.
affects: []
links: []
---

# ${title}

## Context and Problem Statement

What forces a decision, and what happens without one.

## Decision Drivers

* what counts, the weightiest first

## Considered Options

* the one that is proposed
* one that a sensible person would choose instead

## Decision Outcome

Chosen option: "the one that is proposed", because of the driver that it serves best.

### Consequences

* Good, because it buys something that can be named
* Bad, because it costs something that can be named

### Confirmation

What to measure, and the value at which this turns out to be wrong.
`;

const incident = (name: string, today: string) => `---
title: ${name}
status: open
date: ${today}
summary: In a sentence, what users felt and why.
affects: []
related: []
---

## Problem

What users felt, in their words and in figures.

## Timeline

* T+0: what happened first

## Root cause

Why it could happen, not who did it.

## Fix

What ended it, and what keeps it from coming back.

## Impact

How many, how long, how much.

## Follow-ups

* [ ] what is still to be done, and by whom
`;

const log = (name: string, year: string) => `---
year: ${year}
title: ${name}
kind: delivery
message: one line, as a log would have it
facts:
  - text: What was done
skills: []
related: []
---
`;

const module = (name: string) => `---
title: ${name}
status: in progress
path: [Where it begins, Where it ends]
problem: What was wrong.
solution: What was built.
impact: What is better, with its figure.
tags: []
skills: []
related: []
---
`;

const principle = (name: string) => `---
name: ${name}
motto: It in a sentence.
practice: What one does because of it.
---

What it means here.
`;

function scenario(name: string, number: number, service: string): string {
	const changed = `{ verb: set-service-time, service: ${service}, meanMs: 200 }`;
	const steps = ['verify', 'mitigate', 'fix', 'prevent'].map(
		(kind) => `  - kind: ${kind}
    question: What has to be decided here?
    hint: What somebody who has seen it before would look at.
    actions:
${['safe', 'ineffective', 'ineffective', 'harmful']
	.map(
		(verdict, index) => `      - id: ${kind}-${index + 1}
        label: What a tired engineer could do, number ${index + 1}
        changes: ${verdict === 'safe' && kind !== 'verify' ? `[{ verb: roll-back, service: ${service} }]` : '[]'}
        verdict: ${verdict}
        says: What came of it, p95 went from {p95.before} to {p95.after}.`
	)
	.join('\n')}`
	);
	return `number: ${number}
title: ${name}
family: ${families[0]}
severity: SEV-2
page: What the page says that wakes somebody.
brief: What is known when the round begins.
services: [${service}]
fault:
  - atSeconds: 5
    change: ${changed}
opensAtSeconds: 40
crashErrorRatio: 0.6
trigger:
  - atSeconds: 0
    change: ${changed}
steps:
${steps.join('\n')}
lesson: What one knows afterwards.
source:
  title: Where it was told first
  url: https://example.com/
limits: What the simulation does not show.
`;
}
