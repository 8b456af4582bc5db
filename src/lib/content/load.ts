import * as v from 'valibot';
import { checkChange, checkTopology, type Change } from '../simulation';
import { changesFor } from './figure-changes';
import { figureProblem } from './figure-names';
import { renderMarkdown } from './markdown';
import { parseFile, type Parsed } from './parse';
import type { Problem } from './problems';
import { readTopology } from './read-topology';
import { profile as profileSchema } from './schema/profile';
import { figure as figureSchema } from './schema/figures';
import * as records from './schema/records';
import { splitSections } from './sections';
import type {
	Decision,
	Figured,
	IncidentReport,
	LogEntry,
	Module,
	Principle,
	Profile,
	Reference,
	Scenario,
	Site,
	SiteTopology
} from './site';
import { readRecord, type ReadRecord } from './records/read-record';
import { UniqueIds } from './records/outline';
import { problemAt, validate } from './validate';

/** Files that lie beside the records of a folder. */
const notRecords = /\/(readme|index|[^/]*template[^/]*)\.md$/i;

export interface LoadOptions {
	/** Path that the site is served under, such as `/repo`. */
	base?: string;
}

export type Loaded = { site: Site } | { problems: Problem[] };

/** File names with their texts, relative to the content folder: `profile.yaml`, `log/2022-foundation.md`. */
export type ContentFiles = Record<string, string>;

interface Entry<Value> {
	slug: string;
	value: Value;
	parsed: Parsed;
}

/**
 * The owner's files as one validated site, or everything that is wrong with them at once. Pure: reads no disk.
 */
export function loadSite(files: ContentFiles, { base = '' }: LoadOptions = {}): Loaded {
	const loader = new Loader(files, base);
	const site = loader.load();
	return loader.problems.length > 0 || !site ? { problems: loader.problems } : { site };
}

class Loader {
	readonly problems: Problem[] = [];
	readonly #files: ContentFiles;
	readonly #base: string;

	constructor(files: ContentFiles, base: string) {
		this.#files = files;
		this.#base = base;
	}

	load(): Site | undefined {
		this.#strangers();
		const profile = this.#one('profile.yaml', profileSchema);
		const siteTopology = this.#topology();
		const log = this.#folder('log', records.logEntry);
		const incidents = this.#folder('incidents', records.incidentReport);
		const decisions = this.#records();
		const principles = this.#folder('principles', records.principle);
		const modules = this.#folder('modules', records.module);
		const scenarios = this.#folder('scenarios', records.scenario, '.yaml');
		const figures = this.#folder('figures', figureSchema, '.yaml');
		if (!profile || !siteTopology || this.problems.length > 0) return undefined;

		const flows = new Set(siteTopology.flows.map(({ id }) => id));
		const titles = new Map<string, string>();
		const name = (kind: Reference['kind'], slug: string, title: string) =>
			titles.set(`${kind}:${slug}`, title);
		for (const { slug, value } of log) name('log', slug, value.title);
		for (const { slug, value } of incidents) name('incident', slug, value.title);
		for (const { slug, value } of modules) name('module', slug, value.title);
		for (const { slug, value } of principles) name('principle', slug, value.name);
		for (const { slug, value } of scenarios) name('scenario', slug, value.title);
		for (const service of siteTopology.services) name('service', service.id, service.name);
		const decisionTitles = new Map<number, string>();
		const slugOfRecord = new Map<number, string>();
		for (const { slug, record } of decisions) {
			name('decision', slug, record.title);
			decisionTitles.set(record.number, record.title);
			slugOfRecord.set(record.number, slug);
		}
		/** `0004-other.md#context`, as records name each other. */
		const resolveLink = (address: string) => {
			const [, number, anchor = ''] =
				/^(?:\.\/)?(?:m?adr-?)?0*(\d+)[-_][\w-]*\.md(#[\w-]+)?$/i.exec(address) ?? [];
			const slug = slugOfRecord.get(Number(number));
			return slug === undefined ? undefined : `/decisions/${slug}${anchor}`;
		};
		const resolve = (
			entry: Parsed,
			path: (string | number)[],
			list: string[] | null
		): Reference[] =>
			(list ?? []).map((text, index) => {
				const [kind, slug] = text.split(/:(.*)/s) as [Reference['kind'], string];
				const title = titles.get(text);
				if (title === undefined)
					this.#problem(
						entry,
						[...path, index],
						`there is no ${kind} "${slug}"; expected one of ${known(titles, kind)}`
					);
				return { kind, slug, title: title ?? slug };
			});
		const services = (entry: Parsed, list: string[] | null, field: string): string[] =>
			(list ?? []).filter((id, index) => {
				const exists = siteTopology.services.some((service) => service.id === id);
				if (!exists)
					this.#problem(
						entry,
						[field, index],
						`there is no service "${id}"; expected one of ${siteTopology.services.map((service) => service.id).join(', ')}`
					);
				return exists;
			});

		const site: Site = {
			profile: this.#profile(profile, resolve),
			topology: siteTopology,
			log: log
				.map(({ slug, value, parsed }): LogEntry => ({
					slug,
					...value,
					facts: value.facts ?? [],
					skills: value.skills ?? [],
					related: resolve(parsed, ['related'], value.related)
				}))
				.sort((a, b) => a.year - b.year || (a.slug < b.slug ? -1 : 1)),
			incidents: incidents
				.map(({ slug, value, parsed }): IncidentReport => ({
					slug,
					...value,
					affects: services(parsed, value.affects, 'affects'),
					related: resolve(parsed, ['related'], value.related),
					sections: splitSections(parsed.body, this.#base)
				}))
				.sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? 1 : -1)),
			decisions: decisions
				.map(({ slug, value, parsed, record }): Decision => {
					if (value.figure !== undefined && !figures.some((each) => each.slug === value.figure))
						this.#problem(
							parsed,
							['figure'],
							`there is no figure "${value.figure}"; expected one of ${figures.map((each) => each.slug).join(', ') || 'none: there is no such content'}`
						);
					const ids = new UniqueIds();
					return {
						number: record.number,
						slug,
						title: record.title,
						status: record.status,
						...(record.statusAsWritten ? {} : { statusMissing: true }),
						...(record.date === undefined ? {} : { date: record.date }),
						deciders: record.deciders,
						tags: record.tags,
						summary: value.summary,
						affects: services(parsed, value.affects, 'affects'),
						...(value.figure === undefined ? {} : { figure: value.figure }),
						links: record.links.map(({ kind, target, description, line }) => {
							const title = decisionTitles.get(target);
							if (title === undefined)
								this.#problem(parsed, ['links'], `there is no decision ${target}`, line);
							return {
								kind,
								target,
								title: title ?? '',
								...(description === undefined ? {} : { description })
							};
						}),
						related: resolve(parsed, ['related'], value.related),
						sections: record.sections
							.map((section) => ({ ...section, id: ids.take(section.id) }))
							.map(({ id, title, body }) => ({
								id,
								title,
								body: renderMarkdown(body, this.#base, { resolveLink, ids })
							}))
					};
				})
				.sort((a, b) => a.number - b.number),
			principles: principles
				.sort((a, b) => a.value.order - b.value.order)
				.map(({ slug, value, parsed }): Principle => ({
					slug,
					name: value.name,
					motto: value.motto,
					practice: value.practice,
					meaning: renderMarkdown(parsed.body, this.#base)
				})),
			modules: modules
				.sort((a, b) => a.value.order - b.value.order)
				.map(({ slug, value, parsed }): Module => {
					const { order, ...rest } = value;
					if (rest.flow !== undefined && !flows.has(rest.flow))
						this.#problem(
							parsed,
							['flow'],
							`there is no flow "${rest.flow}"; expected one of ${[...flows].join(', ')}`
						);
					return {
						slug,
						...rest,
						tags: rest.tags ?? [],
						skills: rest.skills ?? [],
						related: resolve(parsed, ['related'], rest.related),
						...(parsed.body.trim() ? { body: renderMarkdown(parsed.body, this.#base) } : {})
					};
				}),
			scenarios: scenarios
				.map((entry) => this.#scenario(entry, siteTopology))
				.sort((a, b) => a.number - b.number),
			figures: figures
				.map((entry) => this.#figured(entry))
				.sort((a, b) => (a.slug < b.slug ? -1 : 1))
		};
		this.#unique(decisions, ({ record }) => record.number, 'number');
		this.#unique(scenarios, ({ value }) => value.number, 'number');
		this.#unique(
			[...incidents, ...scenarios],
			({ slug }) => slug,
			'slug: reports and scenarios share /incidents/'
		);
		return this.problems.length > 0 ? undefined : site;
	}

	#profile(
		{ value, parsed }: Entry<v.InferOutput<typeof profileSchema>>,
		resolve: (entry: Parsed, path: (string | number)[], list: string[] | null) => Reference[]
	): Profile {
		const { handle, figures, claims, focus, stack, links, ...rest } = value;
		return {
			...(withoutUndefined(rest) as Omit<
				Profile,
				'handle' | 'figures' | 'claims' | 'focus' | 'stack' | 'links'
			>),
			handle: handle ?? handleOf(value.name),
			focus: focus ?? [],
			stack: stack ?? [],
			links: links ?? [],
			figures: (figures ?? []).map((figure, index) => ({
				...figure,
				receipt: withoutUndefined(figure.receipt) as Profile['figures'][number]['receipt'],
				evidence: resolve(parsed, ['figures', index, 'evidence'], figure.evidence)
			})),
			claims: (claims ?? []).map((claim, index) => ({
				...claim,
				evidence: resolve(parsed, ['claims', index, 'evidence'], claim.evidence)
			}))
		};
	}

	#topology(): SiteTopology | undefined {
		const file = 'topology.yaml';
		const text = this.#text(file);
		if (text === undefined) return undefined;
		const result = readTopology(file, text);
		if ('topology' in result) return result.topology;
		this.problems.push(...result.problems);
		return undefined;
	}

	#scenario(
		{ slug, value, parsed }: Entry<v.InferOutput<typeof records.scenario>>,
		topology: SiteTopology
	): Scenario {
		const check = (change: Change, path: (string | number)[]) => {
			const message = checkChange(change, topology);
			if (message) this.#problem(parsed, path, message);
		};
		value.setup.forEach((change, index) => check(change, ['setup', index]));
		value.fault.forEach(({ change }, index) => check(change, ['fault', index, 'change']));
		value.trigger.forEach(({ change }, index) => check(change, ['trigger', index, 'change']));
		value.lookalike?.fault.forEach(({ change }, index) =>
			check(change, ['lookalike', 'fault', index, 'change'])
		);
		(value.services ?? []).forEach((id, index) => {
			if (!topology.services.some((service) => service.id === id))
				this.#problem(parsed, ['services', index], `there is no service "${id}"`);
		});
		if (value.signal !== undefined) this.#figure(parsed, ['signal'], value.signal, topology);
		if (value.promise) this.#figure(parsed, ['promise', 'figure'], value.promise.figure, topology);
		value.steps.forEach((step, index) => {
			const expected = (['verify', 'mitigate', 'fix', 'prevent'] as const)[index];
			if (step.kind !== expected)
				this.#problem(
					parsed,
					['steps', index, 'kind'],
					`is ${step.kind}; expected ${expected}: the steps are verify, mitigate, fix, prevent`
				);
			const safe = step.actions.filter(({ verdict }) => verdict === 'safe').length;
			if (safe !== 1)
				this.#problem(
					parsed,
					['steps', index, 'actions'],
					`${safe} actions are safe; expected exactly one`
				);
			step.actions.forEach((action, at) =>
				action.changes.forEach((change, which) =>
					check(change, ['steps', index, 'actions', at, 'changes', which])
				)
			);
		});
		const { promise, ...rest } = value;
		return {
			...rest,
			slug,
			objective: { ...(value.objective ?? topology.objective), ...(promise ? { promise } : {}) },
			services: value.services ?? [],
			lesson: renderMarkdown(value.lesson, this.#base)
		} as Scenario;
	}

	#figured({ slug, value, parsed }: Entry<v.InferOutput<typeof figureSchema>>): Figured {
		const { services, calls, flows, control, variants, measures, ...rest } = value;
		const topology = { services: services ?? [], calls: calls ?? [] };
		const system = { ...topology, flows: flows ?? [] };
		for (const { path, message, expected } of checkTopology(topology, system))
			this.#problem(
				parsed,
				path.split(/[.[\]]+/).filter(Boolean),
				`${message}; expected ${expected}`
			);
		const { changes: moved, ...shown } = control;
		if (!control.values.includes(control.start))
			this.#problem(parsed, ['control', 'start'], `${control.start} is none of the values`);
		control.values.forEach((each, index) => {
			if (index > 0 && each <= (control.values[index - 1] ?? 0))
				this.#problem(parsed, ['control', 'values', index], `${each} does not rise`);
		});
		const made = variants.map(({ label, changes, control: own }) => ({
			label,
			changes: [...changes, ...(own ?? moved)]
		}));
		made.forEach(({ changes }, index) => {
			for (const each of control.values) {
				const problem = changesFor(changes, each).flatMap(
					(change) => checkChange(change, system) ?? []
				)[0];
				if (problem === undefined) continue;
				this.#problem(parsed, ['variants', index], `with a control of ${each}: ${problem}`);
				break;
			}
		});
		measures.forEach(({ figure }, index) => {
			const problem = figureProblem(figure, system);
			if (problem) this.#problem(parsed, ['measures', index, 'figure'], problem);
		});
		return {
			...rest,
			slug,
			topology,
			flows: system.flows,
			control: shown,
			variants: made,
			measures
		};
	}

	#figure(parsed: Parsed, path: string[], name: string, topology: SiteTopology) {
		const message = figureProblem(name, topology);
		if (message) this.#problem(parsed, path, message);
	}

	#one<Schema extends v.GenericSchema>(
		file: string,
		schema: Schema
	): Entry<v.InferOutput<Schema>> | undefined {
		const text = this.#text(file);
		return text === undefined ? undefined : this.#validate(file, text, schema);
	}

	#text(file: string): string | undefined {
		const text = this.#files[file];
		if (text === undefined)
			this.problems.push({
				file,
				line: 1,
				field: '',
				message: 'is missing; expected this file in the content folder'
			});
		return text;
	}

	#folder<Schema extends v.GenericSchema>(
		folder: string,
		schema: Schema,
		ending = '.md'
	): Entry<v.InferOutput<Schema>>[] {
		const entries = Object.entries(this.#files)
			.filter(([file]) => file.startsWith(`${folder}/`) && file.endsWith(ending))
			.map(([file, text]) => this.#validate(file, text, schema))
			.filter((entry) => entry !== undefined);
		this.#unique(entries, ({ slug }) => slug, 'slug');
		return entries;
	}

	/** Decision records in any of the usual forms; what a folder of them has beside is left out. */
	#records(): (Entry<v.InferOutput<typeof records.decision>> & {
		record: ReadRecord & { number: number };
	})[] {
		const entries = Object.entries(this.#files)
			.filter(([file]) => /^decisions\/[^/]+\.md$/.test(file) && !notRecords.test(file))
			.flatMap(([file, text]) => {
				const read = readRecord(file, text);
				const entry = this.#validate(file, text, records.decision);
				// Both read the front matter; what is wrong with it is told once.
				if ('problems' in read && entry) this.problems.push(...read.problems);
				if (!entry || 'problems' in read) return [];
				for (const field of Object.keys(read.record.frontMatter))
					if (misspelt(field))
						this.#problem(entry.parsed, [field], `unknown field; did you mean ${misspelt(field)}?`);
				return [{ ...entry, slug: read.record.slug, record: read.record }];
			});
		// Records that are named by their dates, as some tools do, are counted on from the others.
		let last = Math.max(0, ...entries.map(({ record }) => record.number ?? 0));
		const numbered = entries.map((entry) => ({
			...entry,
			record: { ...entry.record, number: entry.record.number ?? ++last }
		}));
		this.#unique(numbered, ({ slug }) => slug, 'slug');
		return numbered;
	}

	#validate<Schema extends v.GenericSchema>(
		file: string,
		text: string,
		schema: Schema
	): Entry<v.InferOutput<Schema>> | undefined {
		const parsed = parseFile(file, text);
		const result = validate(parsed, schema);
		if ('value' in result) return { slug: slugOf(file), value: result.value, parsed };
		this.problems.push(...result.problems);
		return undefined;
	}

	#problem(parsed: Parsed, path: (string | number)[], message: string, line?: number): void {
		const problem = problemAt(parsed, path, message);
		this.problems.push(line === undefined ? problem : { ...problem, line, column: 1 });
	}

	#unique<Value>(
		entries: { parsed: Parsed }[] & Value[],
		keyOf: (entry: Value) => unknown,
		what: string
	): void {
		const seen = new Map<unknown, string>();
		for (const entry of entries) {
			const key = keyOf(entry);
			const other = seen.get(key);
			if (other)
				this.#problem(
					entry.parsed,
					[],
					`${what}: "${String(key)}" is taken by ${other}; expected one of its own`,
					1
				);
			else seen.set(key, entry.parsed.file);
		}
	}

	/** Files that no kind claims are most often a typing error in a folder's name. */
	#strangers(): void {
		const folders =
			/^(log|incidents|decisions|principles|modules)\/[^/]+\.md$|^(scenarios|figures)\/[^/]+\.yaml$|^(profile|topology)\.yaml$/;
		for (const file of Object.keys(this.#files))
			if (!folders.test(file))
				this.problems.push({
					file,
					line: 1,
					field: '',
					message:
						'belongs to no kind of content; expected profile.yaml, topology.yaml, or a file in log/, incidents/, decisions/, principles/, modules/ (.md) or scenarios/, figures/ (.yaml)'
				});
	}
}

const recordFields = ['status', 'date', 'tags', 'links', 'summary', 'affects', 'figure', 'related'];

/** The field of ours that a name was most likely meant to be; undefined for those of other tools. */
function misspelt(field: string): string | undefined {
	const plain = (name: string) => name.toLowerCase().replace(/[^a-z]|s$/g, '');
	return recordFields.find(
		(known) => known !== field && (plain(known) === plain(field) || oneLetterApart(known, field))
	);
}

function oneLetterApart(a: string, b: string): boolean {
	if (Math.abs(a.length - b.length) > 1) return false;
	let at = 0;
	while (at < Math.min(a.length, b.length) && a[at] === b[at]) at++;
	const rests = [
		[a.slice(at + 1), b.slice(at + 1)],
		[a.slice(at + 1), b.slice(at)],
		[a.slice(at), b.slice(at + 1)]
	];
	return rests.some(([x, y]) => x === y);
}

function slugOf(file: string): string {
	return (file.split('/').at(-1) ?? file).replace(/\.[^.]+$/, '').replace(/^\d+-/, '');
}

function handleOf(name: string): string {
	const handle = name
		.normalize('NFKD')
		.toLowerCase()
		.split(/\s+/)[0]
		?.replace(/[^a-z0-9-]/g, '')
		.slice(0, 32);
	return handle && /^[a-z]/.test(handle) ? handle : 'guest';
}

function known(titles: Map<string, string>, kind: string): string {
	const slugs = [...titles.keys()]
		.filter((key) => key.startsWith(`${kind}:`))
		.map((key) => key.slice(kind.length + 1));
	return slugs.slice(0, 20).join(', ') || 'none: there is no such content';
}

function withoutUndefined(value: object): object {
	return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}
