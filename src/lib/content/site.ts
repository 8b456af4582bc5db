import type { Change, Flow, ScheduledChange, Service, Call, Topology } from '../simulation';

/** Everything the owner wrote, validated, rendered and linked: the only source of facts on the site. */
export interface Site {
	profile: Profile;
	topology: SiteTopology;
	/** Oldest first. */
	log: LogEntry[];
	/** Newest first. */
	incidents: IncidentReport[];
	/** By number. */
	decisions: Decision[];
	principles: Principle[];
	modules: Module[];
	/** By number. */
	scenarios: Scenario[];
	/** By slug. */
	figures: Figured[];
}

/** Markdown rendered at build: raw HTML in the source is text. */
export interface Prose {
	html: string;
	/** Without markup, for search, the shell and plain formats. */
	text: string;
	/** The source, for the shell and for exports. */
	markdown: string;
	headings: { id: string; depth: number; text: string }[];
}

export interface Profile {
	name: string;
	/** Login-like short name for the prompt; derived from the name when the owner gives none. */
	handle: string;
	role: string;
	/** One sentence. */
	summary: string;
	/** "4+" and the like, as the owner puts it. */
	experience?: string;
	focus: string[];
	location?: string;
	availability?: string;
	/** Only where the owner gave them. */
	current?: Position;
	previous?: Position;
	education?: { institution: string; degree?: string; from?: string; to?: string }[];
	figures: Figure[];
	/** Three claims for recruiters, each with its evidence. */
	claims: Claim[];
	stack: { group: string; items: string[] }[];
	links: { label: string; url: string }[];
	contact: ContactSettings;
	/** Canonical origin, such as https://example.com. */
	origin: string;
	/** BCP 47. */
	language: string;
}

export interface Position {
	title: string;
	company: string;
	from?: string;
	to?: string;
}

/** A headline figure with its receipt. */
export interface Figure {
	value: string;
	label: string;
	receipt: { what: string; baseline?: string; window?: string; method?: string; source: string };
	/** Where on the site it is borne out. */
	evidence: Reference[];
}

export interface Claim {
	claim: string;
	/** One or two sentences. */
	detail: string;
	evidence: Reference[];
}

/** A link to another piece of content; checked at build. */
export interface Reference {
	kind: 'log' | 'decision' | 'incident' | 'module' | 'scenario' | 'service' | 'principle';
	slug: string;
	/** Title of what is linked, resolved at build. */
	title: string;
}

export interface ContactSettings {
	/** Address on a reserved domain until the owner sets a real one. */
	email: string;
	/** Form endpoint; without one the form is a prepared e-mail. */
	endpoint?: string;
}

/** The running system: what the simulation needs, and what a person reads. */
export interface SiteTopology {
	title: string;
	summary: string;
	services: (Service & ServiceText)[];
	calls: (Call & { label?: string })[];
	flows: (Flow & { title: string; summary: string; module?: string })[];
	objective: Objective;
	seed: number;
}

export interface ServiceText {
	name: string;
	/** What it is for, a sentence or two. */
	role: string;
	/** Short technology name, such as Redis. */
	technology?: string;
}

/** What users were promised. A gauge outside it is in breach. */
export interface Objective {
	/** p95 response time at most. */
	latencyMs: number;
	/** Error ratio at most, [0, 1]. */
	errorRatio: number;
	/** Good answers per second at least. */
	throughput: number;
	/** What users were promised beyond the three gauges, which can all be green while it is broken. */
	promise?: UserPromise;
}

export interface UserPromise {
	/** A figure of the run, as `service.kafka.ageSeconds`. */
	figure: string;
	/** What it means to users, as `oldest job waiting`. */
	label: string;
	sense: 'at-most' | 'at-least';
	value: number;
}

export const logKinds = [
	'foundation',
	'delivery',
	'performance',
	'migration',
	'reliability'
] as const;

export interface LogEntry {
	slug: string;
	year: number;
	title: string;
	kind: (typeof logKinds)[number];
	/** One line, as a log message. */
	message: string;
	facts: { text: string; figure?: string }[];
	/** Technologies used. */
	skills: string[];
	related: Reference[];
}

export interface IncidentReport {
	slug: string;
	title: string;
	status: 'resolved' | 'monitoring' | 'open';
	severity?: string;
	date?: string;
	summary: string;
	/** Sections in the order of the file: problem, timeline, root cause, fix, impact, follow-ups. */
	sections: { id: string; title: string; body: Prose }[];
	related: Reference[];
	affects: string[];
}

export const decisionStatuses = [
	'proposed',
	'accepted',
	'deprecated',
	'superseded',
	'rejected'
] as const;

export interface Decision {
	number: number;
	slug: string;
	title: string;
	status: (typeof decisionStatuses)[number];
	/** The record says nothing of its status; it reads as proposed. */
	statusMissing?: true;
	date?: string;
	deciders: string[];
	tags: string[];
	summary: string;
	/** Service ids of the topology. */
	affects: string[];
	/** Slug of the figure that shows its trade-off. */
	figure?: string;
	links: { kind: string; target: number; title: string; description?: string }[];
	/** Context, decision, trade-off, impact and whatever else, in the order of the file. */
	sections: { id: string; title: string; body: Prose }[];
	related: Reference[];
}

/** A small figure that the simulator runs: a control to move, and variants beside each other. */
export interface Figured {
	slug: string;
	title: string;
	caption: string;
	topology: Topology;
	flows: Flow[];
	seed: number;
	/** Simulated before anything is measured, and while it is. */
	warmupSeconds: number;
	seconds: number;
	control: { label: string; unit: FigureUnit; values: number[]; start: number };
	/** The changes that a variant makes at the start, for a value of the control: see `changesFor`. */
	variants: { label: string; changes: object[] }[];
	measures: { figure: string; label: string; unit: FigureUnit }[];
}
export type FigureUnit = 'ms' | 'ratio' | 'rps' | 'count';

export interface Principle {
	slug: string;
	name: string;
	motto: string;
	meaning: Prose;
	practice: string;
}

export interface Module {
	slug: string;
	title: string;
	status: string;
	/** Names of the path, entry first. */
	path: string[];
	/** Id of the flow in the topology that runs it. */
	flow?: string;
	problem: string;
	solution: string;
	impact: string;
	tags: string[];
	skills: string[];
	body?: Prose;
	related: Reference[];
}

export const families = [
	'database',
	'cache',
	'queue-stream',
	'network-dns',
	'deploy-config',
	'capacity',
	'dependency',
	'certificates-secrets',
	'data-concurrency',
	'observability',
	'runtime',
	'abuse'
] as const;
export type Family = (typeof families)[number];

export const stepKinds = ['verify', 'mitigate', 'fix', 'prevent'] as const;
export type StepKind = (typeof stepKinds)[number];
export type Verdict = 'safe' | 'ineffective' | 'harmful';

/** An incident as data; `npm run deck:audit` judges its claims by simulation. */
export interface Scenario {
	number: number;
	slug: string;
	title: string;
	family: Family;
	severity: 'SEV-1' | 'SEV-2' | 'SEV-3';
	/** What the pager says. */
	page: string;
	/** What the player is after, in words. */
	brief: string;
	/** Overrides the topology's objective where a scenario needs it. */
	objective: Objective;
	/** Services involved. */
	services: string[];
	/** Patches over the default topology that hold from the start: the world of this incident before its trigger. */
	setup: Change[];
	/** What goes wrong; seconds since the start of the run. */
	fault: ScheduledChange[];
	/** The round opens at this moment. */
	opensAtSeconds: number;
	/** Ends as a crash when the error ratio stays above this for ten seconds. */
	crashErrorRatio: number;
	/** Another cause with like gauges; verify must tell them apart by `signal`. */
	lookalike?: { title: string; fault: ScheduledChange[] };
	/** Figure that tells them apart, as `service.redis.utilisation`, `call.api>cache.poolWaitMs`, `errors.timeout`, `offered`. */
	signal?: string;
	/** The guard of the last step is tested against this trigger, fired again. */
	trigger: ScheduledChange[];
	steps: ScenarioStep[];
	lesson: Prose;
	source: { title: string; url: string };
	/** What the model leaves out. */
	limits: string;
}

export interface ScenarioStep {
	kind: StepKind;
	question: string;
	hint: string;
	/** Exactly four; one safe. The order on screen is shuffled by seed. */
	actions: ScenarioAction[];
}

export interface ScenarioAction {
	id: string;
	label: string;
	changes: Change[];
	verdict: Verdict;
	/** Why; may quote the run by `{p95.before}`, `{p95.after}`, `{errorRatio.before}`, `{throughput.after}` and the like. */
	says: string;
}
