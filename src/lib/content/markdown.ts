import { Marked, type Tokens } from 'marked';
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

/**
 * Markdown as HTML, text and headings; for the build only. Raw HTML in the source comes out as text, links go to
 * http(s), mailto, this site or this page, and headings get ids that are unique on the page.
 * @param base path that the site is served under, put before addresses that begin with a slash
 */
export function renderMarkdown(source: string, base = ''): Prose {
	const headings: Prose['headings'] = [];
	const used = new Map<string, number>();
	const marked = new Marked({ gfm: true, async: false });

	marked.use({
		renderer: {
			html: ({ text }: Tokens.HTML | Tokens.Tag) => escape(text),
			heading({ tokens, depth, text }: Tokens.Heading) {
				const plain = plainText(text);
				const slug = slugOf(plain);
				const seen = used.get(slug) ?? 0;
				used.set(slug, seen + 1);
				const id = seen === 0 ? slug : `${slug}-${seen + 1}`;
				headings.push({ id, depth, text: plain });
				return `<h${depth} id="${escape(id)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
			},
			link({ href, tokens }: Tokens.Link) {
				const label = this.parser.parseInline(tokens);
				if (!safeAddress.test(href)) return label;
				const address = href.startsWith('/') ? base + href : href;
				const outside = /^https?:/i.test(href) ? ' rel="noreferrer"' : '';
				return `<a href="${escape(address)}"${outside}>${label}</a>`;
			},
			image: ({ text }: Tokens.Image) => escape(text),
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
function plainText(source: string): string {
	return source
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/^#{1,6}\s+/gm, '')
		.replace(/[*_`]{1,3}([^*_`]+)[*_`]{1,3}/g, '$1')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}
