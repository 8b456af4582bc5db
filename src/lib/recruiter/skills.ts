import { hrefOf, type LogEntry, type Module, type Site } from '$lib/content';

/** One place where a skill was used. */
export interface SkillUse {
	title: string;
	/** Address on the site, without the base path. */
	path: string;
	/** Log entries have a year; modules have none. */
	year?: number;
}

export interface Skill {
	name: string;
	/** Log entries by year, then modules; empty where nothing on the site bears the skill out. */
	uses: SkillUse[];
	firstYear?: number;
	lastYear?: number;
}

export interface SkillGroup {
	group: string;
	skills: Skill[];
}

type Source = Pick<Site, 'log' | 'modules'> & { profile: Pick<Site['profile'], 'stack'> };

/** Skills that the entries name and the owner's stack does not. */
export const ungrouped = 'Also used';

/**
 * The owner's stack, each item with where it was used, derived from the skills of log entries and modules. What they
 * use beyond the stack follows in a group of its own, so that nothing has to be typed twice.
 */
export function skillGroups({ profile, log, modules }: Source): SkillGroup[] {
	const uses = usesBySkill(log, modules);
	const seen = new Set<string>();
	const groups = profile.stack.map(({ group, items }) => ({
		group,
		skills: items.map((name) => {
			const key = keyOf(name);
			seen.add(key);
			return skill(name, uses.get(key)?.uses ?? []);
		})
	}));
	const rest = [...uses].filter(([key]) => !seen.has(key)).map(([, found]) => found);
	if (rest.length > 0) {
		groups.push({ group: ungrouped, skills: rest.map(({ name, uses: all }) => skill(name, all)) });
	}
	return groups.filter(({ skills }) => skills.length > 0);
}

function skill(name: string, uses: SkillUse[]): Skill {
	const years = uses.flatMap(({ year }) => (year === undefined ? [] : [year]));
	return years.length > 0
		? { name, uses, firstYear: Math.min(...years), lastYear: Math.max(...years) }
		: { name, uses };
}

/** Spelled alike but for case and blanks is the same skill. */
function keyOf(name: string): string {
	return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

function usesBySkill(log: LogEntry[], modules: Module[]) {
	const found = new Map<string, { name: string; uses: SkillUse[] }>();
	const note = (skills: string[], use: SkillUse) => {
		for (const key of new Set(skills.map(keyOf))) {
			const name = skills.find((written) => keyOf(written) === key) ?? key;
			const known = found.get(key);
			if (known) known.uses.push(use);
			else found.set(key, { name, uses: [use] });
		}
	};
	for (const { slug, title, year, skills } of log.toSorted((a, b) => a.year - b.year)) {
		note(skills, { title, year, path: hrefOf({ kind: 'log', slug }) });
	}
	for (const { slug, title, skills } of modules) {
		note(skills, { title, path: hrefOf({ kind: 'module', slug }) });
	}
	return found;
}

/** `2022 to 2025`, `2024`, or nothing where no dated entry uses it. */
export function yearsOf({ firstYear, lastYear }: Skill): string | undefined {
	if (firstYear === undefined) return undefined;
	return firstYear === lastYear ? String(firstYear) : `${firstYear} to ${lastYear}`;
}
