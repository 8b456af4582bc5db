import type { SiteTopology } from '$lib/content';
import { edgesOf, type Point } from './edges';
import type { Inks } from './inks';
import { labelLines } from './label-lines';
import type { Layout } from './layout';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '');

/** The drawing as a file of its own: an SVG with its colours, readable anywhere, and without a script. */
export function drawingSvg(topology: SiteTopology, layout: Layout, inks: Inks): string {
	const { extent, rings } = layout;
	const title = escaped(topology.title);
	const circles = rings.map(
		({ layer, radius, caption }) =>
			`<circle r="${radius}" fill="none" stroke="${inks.hairline}"/><text x="${caption.x}" y="${caption.y}" fill="${inks.quiet}" font-size="15" text-anchor="middle">${layer}</text>`
	);
	const calls = edgesOf(topology.calls, layout).map(({ call, path, chevron }) => {
		const ink = call.mode === 'async' ? inks.async : inks.edge;
		const dash = call.mode === 'async' ? ' stroke-dasharray="2 5"' : '';
		return `<path d="${path}" stroke="${ink}"${dash}/><path d="${chevron}" stroke="${ink}"/>`;
	});
	const services = topology.services.flatMap((service) => {
		const place = layout.nodes[service.id];
		return place ? [serviceOf(service.name, place, place.label, inks)] : [];
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-extent} ${-extent} ${extent * 2} ${extent * 2}" width="${extent * 2}" height="${extent * 2}" font-family="JetBrains Mono, ui-monospace, monospace" role="img" aria-label="${title}">`,
		`<title>${title}</title>`,
		`<rect x="${-extent}" y="${-extent}" width="${extent * 2}" height="${extent * 2}" fill="${inks.ground}"/>`,
		...circles,
		`<g fill="none" stroke-width="1.5">`,
		...calls,
		'</g>',
		...services,
		'</svg>\n'
	].join('\n');
}

function serviceOf(
	name: string,
	{ x, y }: Point,
	label: Layout['nodes'][string]['label'],
	inks: Inks
): string {
	const shape = `<circle cx="${x}" cy="${y}" r="14" fill="${inks.ground}" stroke="${inks.text}" stroke-width="2"><title>${escaped(name)}</title></circle>`;
	if (!label) return shape;
	const spans = labelLines(name).map(
		(line, index) =>
			`<tspan x="${x + label.x}" dy="${index === 0 ? 0 : '1.08em'}">${escaped(line)}</tspan>`
	);
	return `${shape}<text x="${x + label.x}" y="${y + label.y}" fill="${inks.text}" font-size="17" text-anchor="${label.anchor}" dominant-baseline="central">${spans.join('')}</text>`;
}

/** An SVG as a PNG, twice as large as it is. Rejects where the browser cannot draw it. */
export async function pngOf(svg: string, side: number): Promise<Blob> {
	const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
	try {
		const image = new Image();
		image.src = address;
		await image.decode();
		const canvas = document.createElement('canvas');
		canvas.width = canvas.height = Math.min(8192, side * 2);
		canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
		return await new Promise((resolve, reject) =>
			canvas.toBlob((blob) =>
				blob ? resolve(blob) : reject(new Error('The browser made no picture of it.'))
			)
		);
	} finally {
		URL.revokeObjectURL(address);
	}
}
