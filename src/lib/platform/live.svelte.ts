import { createSubscriber } from 'svelte/reactivity';
import type { Actor, AnyActorLogic, SnapshotFrom } from 'xstate';

/**
 * An XState actor that runes can read. Readable before the actor starts, so a prerendered page can show its first
 * snapshot; whoever creates it starts and stops the actor.
 */
export class Live<Logic extends AnyActorLogic> {
	readonly actor: Actor<Logic>;
	#watch: () => void;

	constructor(actor: Actor<Logic>) {
		this.actor = actor;
		this.#watch = createSubscriber((update) => {
			const subscription = actor.subscribe(update);
			return () => subscription.unsubscribe();
		});
	}

	get snapshot(): SnapshotFrom<Logic> {
		this.#watch();
		return this.actor.getSnapshot();
	}
}
