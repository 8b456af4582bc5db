import type { DraftService, Mention } from './draft';
import type { Identity } from './guess';
import type { ImportNote } from './imported';
import type { Place } from './source';

/** A draft with its id and what it was recognised as. */
export interface Known {
	id: string;
	draft: DraftService;
	identity: Identity;
}

export interface Edge {
	from: string;
	to: string;
	mode: 'sync' | 'async';
	share?: number;
	onMiss?: boolean;
	topic?: string;
	group?: string;
	/** For calls of the client: the only flow that makes it. */
	flow?: string;
	place: Place;
	/** A clause. */
	because: string;
}

/** Those that work at their own pace put messages in, though they are called workers. */
const producers = /(^|[^a-z])(beat|celerybeat|cron|scheduler)([^a-z]|$)/i;
const brokerSetting = /BROKER/i;

/** A cache that a worker takes its work from by way of a setting such as CELERY_BROKER_URL is a broker. */
export function promoteBrokers(known: Map<string, Known>): void {
	for (const { draft, identity } of known.values()) {
		if (identity.kind !== 'worker') continue;
		for (const { to, setting } of draft.mentions) {
			const target = known.get(to);
			if (target?.identity.kind === 'cache' && brokerSetting.test(setting ?? ''))
				target.identity = {
					...target.identity,
					kind: 'broker',
					layer: 'async',
					because: `${setting} names it`
				};
		}
	}
}

/** Name of the one topic that is made up for each broker, by the broker's key. */
export function topicsOf(known: Map<string, Known>): Map<string, string> {
	const topics = new Map<string, string>();
	for (const { draft, identity } of known.values())
		if (identity.kind === 'broker' && draft.topic !== undefined) topics.set(draft.key, draft.topic);
	for (const { draft } of known.values())
		for (const { to } of draft.mentions)
			if (known.get(to)?.identity.kind === 'broker' && !topics.has(to) && draft.topic !== undefined)
				topics.set(to, draft.topic);
	return topics;
}

/** Who calls whom, each pair once, in the order of the text. */
export function edgesOf(
	known: Map<string, Known>,
	topics: Map<string, string>,
	notes: ImportNote[]
): Edge[] {
	const consumers = consumersOf(known);
	const edges: Edge[] = [];
	const pairs = new Set<string>();
	for (const from of known.values())
		for (const mention of from.draft.mentions) {
			const to = known.get(mention.to);
			if (!to || to === from) continue;
			const pair = `${from.id}>${to.id}`;
			if (pairs.has(pair)) continue;
			pairs.add(pair);
			if (from.identity.kind === 'broker') {
				const message = `${from.id} needs ${to.id}, which no message passes through: left out`;
				notes.push({ ...mention.place, message });
				continue;
			}
			edges.push(edgeOf(from, to, mention, consumers, topicIdOf(topics.get(mention.to))));
		}
	return [...edges, ...namesakes(known, edges)];
}

/** Stores and caches that nobody names belong to the service whose name they bear: `carts-db` to `carts`. */
function namesakes(known: Map<string, Known>, edges: Edge[]): Edge[] {
	const ids = new Map([...known.values()].map((each) => [each.id, each]));
	const called = new Set(edges.map(({ to }) => to));
	return [...known.values()].flatMap(({ id, identity, draft }): Edge[] => {
		if (called.has(id) || (identity.kind !== 'store' && identity.kind !== 'cache')) return [];
		const owner = ids.get(id.slice(0, Math.max(0, id.lastIndexOf('-'))));
		if (!owner || !['service', 'worker', 'gateway'].includes(owner.identity.kind)) return [];
		const because = `nobody names ${id}, which is called after ${owner.id}`;
		return [{ from: owner.id, to: id, mode: 'sync', place: draft.place, because }];
	});
}

export function topicIdOf(name: string | undefined): string {
	return (
		(name ?? 'messages')
			.toLowerCase()
			.replace(/[^a-z0-9_-]+/g, '-')
			.replace(/^[-_]+/, '') || 'messages'
	);
}

function edgeOf(
	from: Known,
	to: Known,
	{ place, because }: Mention,
	consumers: Set<string>,
	topic: string
): Edge {
	const edge = { from: from.id, to: to.id, place, because };
	if (to.identity.kind === 'broker') {
		if (!consumers.has(`${from.id}<${to.id}`)) return { ...edge, mode: 'async', topic };
		const takes = `${because}, and ${from.identity.kind === 'worker' ? 'a worker takes messages' : 'nobody calls it'}`;
		const turned = { from: to.id, to: from.id, place, because: takes };
		return { ...turned, mode: 'async', topic, group: from.id };
	}
	if (to.identity.tool && !from.identity.tool)
		return { ...edge, mode: 'async', because: `${because}; nobody waits for ${to.id}` };
	if (from.identity.kind === 'store')
		return { ...edge, mode: 'async', because: `${because}; a store does not wait for it` };
	return { ...edge, mode: 'sync', ...(from.identity.kind === 'cache' ? { onMiss: true } : {}) };
}

/** Pairs `consumer<broker`. Where no worker is among the users of a broker, those that nobody calls take its messages. */
function consumersOf(known: Map<string, Known>): Set<string> {
	const called = new Set<string>();
	const users = new Map<Known, Set<Known>>();
	for (const from of known.values())
		for (const mention of from.draft.mentions) {
			const to = known.get(mention.to);
			if (!to || to === from) continue;
			called.add(to.id);
			if (to.identity.kind === 'broker') users.set(to, (users.get(to) ?? new Set()).add(from));
		}
	const consumers = new Set<string>();
	for (const [broker, all] of users) {
		const applications = [...all].filter(({ identity }) => !identity.tool);
		const workers = applications.filter(
			({ identity, draft }) => identity.kind === 'worker' && !producers.test(draft.clues.name)
		);
		const idle = applications.filter(
			({ id, draft, identity }) =>
				!called.has(id) && draft.entry === undefined && identity.kind === 'service'
		);
		const taking = workers.length > 0 || idle.length === applications.length ? workers : idle;
		for (const { id } of taking) consumers.add(`${id}<${broker.id}`);
	}
	return consumers;
}
