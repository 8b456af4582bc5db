import { logKinds, type LogEntry } from '$lib/content';

/** What of the log is shown; '' is everything. */
export interface LogFilter {
	year: string;
	kind: string;
}

/** Newest first, as somebody reads it who asks what this person does now; within a year the later one first. */
export function newestFirst(entries: LogEntry[]): LogEntry[] {
	return entries
		.map((entry, position) => ({ entry, position }))
		.sort((a, b) => b.entry.year - a.entry.year || b.position - a.position)
		.map(({ entry }) => entry);
}

export function matches(entry: LogEntry, { year, kind }: LogFilter): boolean {
	return (year === '' || String(entry.year) === year) && (kind === '' || entry.kind === kind);
}

/** Years there are entries of, newest first, and kinds in the order of {@link logKinds}. */
export function choicesOf(entries: LogEntry[]): { years: string[]; kinds: string[] } {
	const years = [...new Set(entries.map(({ year }) => year))].sort((a, b) => b - a).map(String);
	const kinds = logKinds.filter((kind) => entries.some((entry) => entry.kind === kind));
	return { years, kinds };
}

/** The filter an address asks for. What the log does not have is ignored: an old link then shows everything. */
export function decodeFilter(query: URLSearchParams, entries: LogEntry[]): LogFilter {
	const { years, kinds } = choicesOf(entries);
	const year = query.get('year') ?? '';
	const kind = query.get('kind') ?? '';
	return { year: years.includes(year) ? year : '', kind: kinds.includes(kind) ? kind : '' };
}

/** The query with this filter in it; everything else in it stays. */
export function encodeFilter(query: URLSearchParams, filter: LogFilter): URLSearchParams {
	const next = new URLSearchParams(query);
	for (const name of ['year', 'kind'] as const) {
		if (filter[name]) next.set(name, filter[name]);
		else next.delete(name);
	}
	return next;
}
