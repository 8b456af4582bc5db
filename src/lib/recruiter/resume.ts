import {
	hrefOf,
	type Figure,
	type LogEntry,
	type Module,
	type Position,
	type Profile,
	type Reference,
	type Site
} from '$lib/content';
import { cardName } from './card-name';
import { skillGroups, type SkillGroup } from './skills';

/** A piece of the site that bears something out. */
export interface Evidence {
	/** As in the reference: log, decision, incident ... */
	kind: Reference['kind'];
	title: string;
	/** Address on the site, without the base path. */
	path: string;
}

/** What a recruiter needs of the site; every format of the CV is made of this and nothing else. */
export interface Resume {
	name: string;
	role: string;
	summary: string;
	experience?: string;
	focus: string[];
	location?: string;
	availability?: string;
	current?: Position;
	previous?: Position;
	education: NonNullable<Profile['education']>;
	email: string;
	links: Profile['links'];
	figures: (Omit<Figure, 'evidence'> & { evidence: Evidence[] })[];
	claims: { claim: string; detail: string; evidence: Evidence[] }[];
	stack: SkillGroup[];
	/** Newest first. */
	log: (Pick<LogEntry, 'year' | 'title' | 'message' | 'facts' | 'skills'> & { path: string })[];
	modules: (Pick<
		Module,
		'title' | 'status' | 'problem' | 'solution' | 'impact' | 'tags' | 'skills'
	> & { path: string })[];
	/** Absolute address of the site without a slash at its end. */
	home: string;
	/** File of the vCard, such as `ada-lovelace.vcf`. */
	card: string;
	/** BCP 47. */
	language: string;
}

/**
 * The CV of a site.
 * @param home absolute address of the site; its origin unless it is served under a path
 */
export function resumeOf(site: Site, home = site.profile.origin): Resume {
	const { profile } = site;
	const { name, role, summary, focus, links, language } = profile;
	return {
		name,
		role,
		summary,
		focus,
		links,
		language,
		...given(profile, ['experience', 'location', 'availability', 'current', 'previous']),
		education: profile.education ?? [],
		email: profile.contact.email,
		figures: profile.figures.map((figure) => ({ ...figure, evidence: figure.evidence.map(find) })),
		claims: profile.claims.map((claim) => ({ ...claim, evidence: claim.evidence.map(find) })),
		stack: skillGroups(site),
		log: site.log
			.map(({ slug, year, title, message, facts, skills }) => ({
				...{ year, title, message, facts, skills },
				path: hrefOf({ kind: 'log', slug })
			}))
			.sort((a, b) => b.year - a.year),
		modules: site.modules.map(
			({ slug, title, status, problem, solution, impact, tags, skills }) => ({
				...{ title, status, problem, solution, impact, tags, skills },
				path: hrefOf({ kind: 'module', slug })
			})
		),
		home: home.replace(/\/+$/, ''),
		card: `${cardName(profile)}.vcf`
	};
}

function find({ kind, slug, title }: Reference): Evidence {
	return { kind, title, path: hrefOf({ kind, slug }) };
}

/** The named fields that the owner filled in. */
function given<Key extends keyof Profile>(profile: Profile, keys: Key[]): Pick<Profile, Key> {
	const found = keys.filter((key) => profile[key] !== undefined);
	return Object.fromEntries(found.map((key) => [key, profile[key]])) as Pick<Profile, Key>;
}

/** `2021 to 2024`, `since 2021`, or nothing. Dates as the owner wrote them. */
export function periodOf({ from, to }: { from?: string; to?: string }): string | undefined {
	if (from && to) return from === to ? from : `${from} to ${to}`;
	if (from) return `since ${from}`;
	return to && `until ${to}`;
}

/** What a figure rests on, in sentences: what it counts, when, against what, how it was measured, who says so. */
export function receiptOf({ receipt }: Pick<Figure, 'receipt'>): string {
	const { what, baseline, window, method, source } = receipt;
	const counted = `${unstopped(what)}${window ? ` (${unstopped(window)})` : ''}`;
	return [
		baseline ? `${counted}, against ${unstopped(baseline)}` : counted,
		...(method ? [`Measured by ${unstopped(method)}`] : []),
		unstopped(source)
	]
		.map((sentence) => `${sentence}.`)
		.join(' ');
}

function unstopped(text: string): string {
	return text.replace(/\.$/, '');
}
