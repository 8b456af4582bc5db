import type { SiteTopology } from '$lib/content';
import type { RunningSystem } from '$lib/platform';
import { Damage } from './damage.svelte';
import type { Layout } from './layout';
import { matching, neighboursOf, type MapFilter } from './map-filter';
import { stepOf } from './navigate';
import { orbitedLayout } from './orbits';
import { RequestReplay } from './request-replay.svelte';
import { clampView, showing, viewBoxOf, wholeView, type View } from './viewport';

export interface MapBenchOptions {
	topology: SiteTopology;
	layout: Layout;
	system: RunningSystem;
}

/** What a visitor does with a map: the part that is seen, what is filtered, the replay, and what is broken. */
export class MapBench {
	readonly topology: SiteTopology;
	readonly system: RunningSystem;
	readonly replay: RequestReplay;
	readonly damage: Damage;
	readonly #still: Layout;
	#view = $state.raw<View>(wholeView);
	#filter = $state.raw<MapFilter>({});
	#said = $state('');
	#before: string | undefined;
	/** Rings turn with the replay's clock. */
	orbits = $state(false);

	readonly matches = $derived.by(() => matching(this.topology, this.#filter));
	/** Where everything is drawn now. */
	readonly layout = $derived.by(() =>
		this.orbits
			? orbitedLayout(this.#still, this.topology, this.replay.at * this.replay.pace)
			: this.#still
	);

	constructor({ topology, layout, system }: MapBenchOptions) {
		this.topology = topology;
		this.system = system;
		this.#still = layout;
		this.replay = RequestReplay.of(system);
		this.damage = Damage.of(system, topology);
	}

	get extent(): number {
		return this.#still.extent;
	}

	get view(): View {
		return this.#view;
	}

	set view(view: View) {
		this.#view = clampView(view, this.extent);
	}

	get viewBox(): string {
		return viewBoxOf(this.#view, this.extent);
	}

	get filter(): MapFilter {
		return this.#filter;
	}

	set filter(filter: MapFilter) {
		this.#filter = filter;
	}

	/** What the last step along a call has to say; for a live region. */
	get said(): string {
		return this.#said;
	}

	/** Services to draw attention to: what the filter leaves, else what is selected and its neighbours. */
	involved(selected: string | undefined): string[] | undefined {
		return this.matches ?? (selected ? neighboursOf(this.topology, selected) : undefined);
	}

	/** Where a key leads from a service; the view follows. */
	step(from: string, key: string): string | undefined {
		const step = stepOf(this.topology, this.#still, from, key, this.#before);
		if (!step) return undefined;
		this.#before = from;
		this.#said = step.say ?? '';
		this.show(step.to);
		return step.to;
	}

	/** Moves the view just so far that a service is inside. */
	show(service: string): void {
		const place = this.#still.nodes[service];
		if (place) this.#view = showing(this.#view, place, this.extent);
	}
}
