import type { SiteTopology } from '$lib/content';
import type { RunningSystem } from '$lib/platform';
import type { Change, Report } from '$lib/simulation';
import type { Break } from './breaks';
import { cascadeOf, inBreach, type Cascade } from './cascade';
import { runOn, sideRunOf } from './side-run';

const damages = new WeakMap<RunningSystem, Damage>();

/** Seconds of the running system that a judgement looks at. */
const recent = 3;
/** After everything is undone: how long a system may take before it counts as stuck. */
const patience = 20;
/** The forecast: how long the break lasts, how long the system has to come back. */
const lasting = 30;
const recovering = 60;
/** Larger systems are not forecast: a visitor would wait for it. */
const largestForecast = 200;

interface Applied {
	broken: Break;
	/** Users were within the objective when it was done. */
	wasWell: boolean;
}

/**
 * The changes that take some breaks back. What stays and lies on the same service or call is put back with them, and
 * done again.
 */
function undoing(undone: Applied[], left: Applied[]): Change[] {
	const reverts = undone.flatMap(({ broken }) => broken.revert);
	const touched = new Set(reverts.map((change) => JSON.stringify(change)));
	const again = left.filter(({ broken }) =>
		broken.revert.some((change) => touched.has(JSON.stringify(change)))
	);
	return [...reverts, ...again.flatMap(({ broken }) => broken.changes)];
}

/** What a visitor has broken in the running system, what came of it, and the way back. */
export class Damage {
	readonly #system: RunningSystem;
	readonly #topology: SiteTopology;
	#applied = $state.raw<Applied[]>([]);
	#before = $state.raw<Report[]>([]);
	#forecast = $state('');
	#problem = $state('');
	/** The latest undoing, until something is broken again. */
	#undone = $state.raw<{ at: number; wasWell: boolean }>();
	#asked = 0;

	/** What is different from before, in words; undefined while nothing was done. */
	readonly cascade: Cascade | undefined = $derived.by(() => {
		if (this.#before.length === 0) return undefined;
		const now = this.#system.reports.slice(-recent);
		const broken = this.#applied.map(({ broken }) => broken.subject);
		return cascadeOf(this.#topology, this.#before, now, broken);
	});

	/**
	 * How the system does after an undoing. It is metastable when it stays down although what took it down is gone, and
	 * it was well with all that is still in force (Bronson and others, "Metastable failures in distributed systems", 2021).
	 */
	readonly recovery: 'recovering' | 'recovered' | 'metastable' | undefined = $derived.by(() => {
		if (!this.#undone) return undefined;
		const { at, wasWell } = this.#undone;
		if (!inBreach(this.#topology.objective, this.#system.reports.slice(-recent)))
			return 'recovered';
		if (!wasWell) return undefined;
		return this.#system.time - at >= patience ? 'metastable' : 'recovering';
	});

	private constructor(system: RunningSystem, topology: SiteTopology) {
		this.#system = system;
		this.#topology = topology;
	}

	/** The one record of a system's damage: the page and the shell write to the same. */
	static of(system: RunningSystem, topology: SiteTopology): Damage {
		let damage = damages.get(system);
		if (!damage) damages.set(system, (damage = new Damage(system, topology)));
		return damage;
	}

	/** What is broken now, oldest first. */
	get applied(): Break[] {
		return this.#applied.map(({ broken }) => broken);
	}

	/** What would be if the latest were undone after half a minute; empty until that has been simulated. */
	get forecast(): string {
		return this.#forecast;
	}

	/** A sentence when a change was refused. */
	get problem(): string {
		return this.#problem;
	}

	/** Does it, and shows the second that follows. */
	async inflict(broken: Break): Promise<void> {
		if (this.#applied.length === 0 && !this.#undone) this.#before = this.#system.reports.slice(-10);
		const wasWell = !inBreach(this.#topology.objective, this.#system.reports.slice(-recent));
		try {
			this.#problem = '';
			for (const change of broken.changes) await this.#system.apply(change);
		} catch (error) {
			this.#problem = error instanceof Error ? error.message : String(error);
			return;
		}
		this.#applied = [...this.#applied, { broken, wasWell }];
		this.#undone = undefined;
		await this.#system.tick();
		void this.#foresee();
	}

	/** Takes back the last thing done, or everything; a system that is stuck stays stuck. */
	async undo(what: 'last' | 'all' = 'last'): Promise<Break[]> {
		const undone = what === 'all' ? this.#applied : this.#applied.slice(-1);
		const [first] = undone;
		if (!first) return [];
		const left = this.#applied.slice(0, this.#applied.length - undone.length);
		const changes = undoing(undone, left);
		for (const change of changes) await this.#system.apply(change);
		this.#applied = left;
		this.#asked++;
		this.#forecast = '';
		this.#undone = { at: this.#system.time, wasWell: first.wasWell };
		await this.#system.tick();
		return undone.map(({ broken }) => broken);
	}

	/** The system as it is described, from rest. */
	restart(): void {
		this.#asked++;
		this.#applied = [];
		this.#before = [];
		this.#undone = undefined;
		this.#forecast = '';
		this.#problem = '';
		this.#system.reset();
	}

	async #foresee(): Promise<void> {
		const asked = ++this.#asked;
		this.#forecast = '';
		if (this.#topology.services.length > largestForecast) return;
		const changes = undoing(this.#applied.slice(-1), this.#applied.slice(0, -1));
		let reports: Report[];
		try {
			reports = await runOn(this.#system, sideRunOf(this.#system), {
				after: lasting,
				changes,
				seconds: recovering
			});
		} catch {
			return; // a forecast is an extra: what happened is told without it
		}
		if (asked !== this.#asked) return;
		const { objective } = this.#topology;
		const hurts = inBreach(objective, reports.slice(lasting - 10, lasting));
		const after = reports.slice(lasting);
		const back = after.findIndex((_, second) =>
			after.slice(second).every((__, at, rest) => !inBreach(objective, rest.slice(at, at + recent)))
		);
		this.#forecast =
			back < 0
				? `Metastable: undone after ${lasting} s, the system would still be down a minute later, held there by its own load.`
				: !hurts
					? `Left alone for ${lasting} s, users would stay within the objective.`
					: `Undone after ${lasting} s, the system would be back within ${back + 1} s.`;
	}
}
