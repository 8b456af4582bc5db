import { replaceState } from '$app/navigation';
import { page } from '$app/state';

/** The part of the address behind `?`, for views that keep their filter there. Untrusted: anybody may have written it. */
export interface AddressQuery {
	/** What it says now. Call it only once the page is live: a prerendered page has no query. */
	read(): URLSearchParams;
	/** Replaces it without a navigation and without a new entry in the history. */
	write(query: URLSearchParams): void;
}

/** The address bar's own. */
export const pageQuery: AddressQuery = {
	read: () => new URLSearchParams(location.search),
	write(query) {
		const url = new URL(location.href);
		url.search = query.toString();
		// eslint-disable-next-line svelte/no-navigation-without-resolve -- the same page, with its base path already
		replaceState(url, page.state);
	}
};

/** One that lives in memory; for tests. */
export function memoryQuery(initial = ''): AddressQuery {
	let text = initial;
	return {
		read: () => new URLSearchParams(text),
		write: (query) => void (text = query.toString())
	};
}
