/**
 * A text in pages for a screen of so many rows and columns, each a whole number of lines; the last row of the screen is
 * left for the prompt of the pager.
 */
export function pagesOf(text: string, rows: number, columns: number): string[] {
	const room = Math.max(1, rows - 1);
	const pages: string[] = [];
	let page = '';
	let used = 0;
	for (const line of text.split(/(?<=\n)/)) {
		const takes = Math.max(1, Math.ceil(line.replace(/\n$/, '').length / Math.max(1, columns)));
		if (used > 0 && used + takes > room) {
			pages.push(page);
			page = '';
			used = 0;
		}
		page += line;
		used += takes;
	}
	return [...pages, page];
}
