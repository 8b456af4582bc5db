/** A call's id has two of them and a `>`, in at most 80 characters. */
const maximumLength = 38;

/** Gives each name an id of the simulator: lower-case letters, digits, `-` and `_`, and each its own. */
export class Identifiers {
	private readonly taken = new Set<string>(['client']);
	private readonly next = new Map<string, number>();

	/** An id for a name; `fallback` where nothing of it is left. */
	take(name: string, fallback = 'service'): string {
		const slug = slugOf(name) || fallback;
		let id = slug;
		for (let number = this.next.get(slug) ?? 2; this.taken.has(id); number++) {
			const suffix = `-${number}`;
			id = slug.slice(0, maximumLength - suffix.length) + suffix;
			this.next.set(slug, number + 1);
		}
		this.taken.add(id);
		return id;
	}
}

export function slugOf(name: string): string {
	return name
		.slice(0, 500)
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[\u0300-\u036f]/g, '')
		.replace(/[^a-z0-9_-]+/g, '-')
		.replace(/^[-_]+/, '')
		.slice(0, maximumLength)
		.replace(/[-_]+$/, '');
}
