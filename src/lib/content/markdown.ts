import { Marked, type Tokens } from 'marked';
import { UniqueIds } from './records/outline';
import type { Prose } from './site';

function escape(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

/** Letters and digits of any script, joined by hyphens. */
export function slugOf(text: string): string {
	const slug = text
		.toLowerCase()
		.normalize('NFKC')
		.replace(/[^\p{Letter}\p{Number}]+/gu, '-')
		.replace(/^-+|-+$/g, '');
	return slug || 'section';
}

const safeAddress = /^(https?:\/\/|mailto:|\/(?!\/)|#)/i;
/** Browsers read a backslash as a slash and leave tabs and line breaks out, so that `/\x.com` is another site. */
// eslint-disable-next-line no-control-regex
const misleading = /[\\\u0000-\u001f\u007f]/;

export interface RenderOptions {
	/** Where a link leads that is written for the file's own folder; undefined leaves it as it is. */
	resolveLink?: (address: string) => string | undefined;
	/** Ids that the page has already; those of the headings join them. */
	ids?: UniqueIds;
}

/**
 * Markdown as HTML, text and headings; for the build only. Raw HTML in the source comes out as text, links go to
 * http(s), mailto, this site or this page, and headings get ids that are unique on the page.
 * @param base path that the site is served under, put before addresses that begin with a slash
 */
export function renderMarkdown(
	source: string,
	base = '',
	{ resolveLink, ids = new UniqueIds() }: RenderOptions = {}
): Prose {
	const headings: Prose['headings'] = [];
	const marked = new Marked({ gfm: true, async: false });

	marked.use({
		renderer: {
			html: ({ text }: Tokens.HTML | Tokens.Tag) => escape(text),
			heading({ tokens, depth, text }: Tokens.Heading) {
				const plain = plainText(text);
				const id = ids.take(slugOf(plain));
				headings.push({ id, depth, text: plain });
				return `<h${depth} id="${escape(id)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
			},
			link({ href: written, tokens }: Tokens.Link) {
				const label = this.parser.parseInline(tokens);
				const href = resolveLink?.(written) ?? written;
				if (!safeAddress.test(href) || misleading.test(href)) return label;
				const address = href.startsWith('/') ? base + href : href;
				const outside = /^https?:/i.test(href) ? ' rel="noreferrer"' : '';
				return `<a href="${escape(address)}"${outside}>${label}</a>`;
			},
			image: ({ text }: Tokens.Image) => escape(text),
			// A box that nobody can tick is a word: it is read, heard and printed alike.
			checkbox: ({ checked }: Tokens.Checkbox) => (checked ? 'Done: ' : 'Open: '),
			code: ({ text }: Tokens.Code) => `<pre><code>${escape(text)}\n</code></pre>\n`,
			table(token: Tokens.Table) {
				const row = (cells: Tokens.TableCell[], tag: string) =>
					`<tr>${cells.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')}</tr>`;
				const body = token.rows.map((cells) => row(cells, 'td')).join('\n');
				return `<div class="scroll-x" tabindex="0" role="region" aria-label="Table"><table><thead>${row(token.header, 'th')}</thead><tbody>${body}</tbody></table></div>\n`;
			}
		}
	});
	const html = marked.parse(source) as string;
	return { html, text: plainText(source), markdown: source, headings };
}

/** Markdown without its marks; good enough to search and to read aloud. */
export function plainText(source: string): string {
	return source
		.replace(/!?\[([^[\]]*)\]\((?:[^()\n]|\([^()\n]*\))*\)/g, '$1')
		.replace(/^#{1,6}\s+/gm, '')
		.replace(
			/(?<![\p{L}\p{N}_`])_{1,3}((?:[^_\n]|(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}]))+)_{1,3}(?![\p{L}\p{N}_`])/gu,
			'$1'
		)
		.replace(/`{1,3}([^`]+)`{1,3}/g, '$1')
		.replace(/\*{1,3}([^*]+)\*{1,3}/g, '$1')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}
