/** How a topology of some size is laid out and drawn. */
export interface Tier {
	/** Laid out while the page waits, between frames, or in a worker. */
	layout: 'at once' | 'between frames' | 'in a worker';
	drawing: 'elements' | 'canvas';
}

/** Above this, an element for each service and call makes panning slow. */
export const mostElements = 200;
/** Above this, a tick of the layout takes a good part of a frame. */
export const mostBetweenFrames = 1000;

/** @param services how many */
export function tierOf(services: number): Tier {
	if (services <= mostElements) return { layout: 'at once', drawing: 'elements' };
	return {
		layout: services <= mostBetweenFrames ? 'between frames' : 'in a worker',
		drawing: 'canvas'
	};
}

/** The tier and its reason, for the visitor. */
export function explainTier(services: number, calls: number, msPerTick?: number): string {
	const { layout, drawing } = tierOf(services);
	const cost = msPerTick === undefined ? '' : `, ${msPerTick.toFixed(1)} ms a tick on this machine`;
	return `${services} services and ${calls} calls: laid out ${layout}${cost}, drawn as ${
		drawing === 'elements' ? 'elements of the page' : 'a canvas, with names where there is room'
	}.`;
}
