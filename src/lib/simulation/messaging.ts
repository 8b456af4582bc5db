/** Brokers: messages wait in partitions; a group works on at most one message of a partition at a time. */

import type { Engine } from './engine';
import { Event, type Link, maximumBacklog, OK, type Station } from './model';

export function publish(engine: Engine, s: Station, topicIndex: number, flow: number) {
	const topic = s.topics[topicIndex];
	if (!topic) return;
	const partition = topic.partitions[topic.turn++ % topic.partitions.length]!;
	if (partition.times.length >= maximumBacklog) {
		engine.limits.add(`messages in a partition (${maximumBacklog})`);
		return;
	}
	partition.times.push(engine.now);
	partition.flows.push(flow);
	for (const index of s.subscriptions) {
		const link = engine.links[index]!;
		if (link.topic === topicIndex) consume(engine, link);
	}
}

export function consume(engine: Engine, link: Link) {
	if (engine.now < link.pausedUntil) return;
	const broker = engine.stations[link.from]!,
		consumer = engine.stations[link.to]!;
	const topic = broker.topics[link.topic];
	if (!topic) return;
	const count = topic.partitions.length;
	for (let step = 0; step < count; step++) {
		if (consumer.config.workers > 0 && engine.freeReplica(consumer) < 0) return;
		const p = (link.outcomeAt + step) % count;
		const partition = topic.partitions[p]!;
		if (partition.busy) continue;
		if (topic.retentionMs > 0)
			while (
				partition.times.length > 0 &&
				engine.now - partition.times.items[partition.times.head]! > topic.retentionMs
			) {
				partition.times.shift();
				partition.flows.shift();
				partition.head++;
				broker.errors++;
			}
		if (partition.times.length === 0) continue;
		partition.busy = true;
		const flow = partition.flows.items[partition.flows.head]!;
		link.attempts++;
		const visit = engine.newVisit(link.to, Math.max(0, flow), -1, 0, link.index);
		engine.vMessage[visit] = p;
		link.outcomeAt = (p + 1) % count;
		engine.deliver(visit);
	}
}

export function acknowledge(engine: Engine, index: number, p: number, cause: number) {
	const link = engine.links[index]!;
	const partition = engine.stations[link.from]!.topics[link.topic]!.partitions[p]!;
	const poisoned = partition.flows.length > 0 && partition.flows.items[partition.flows.head]! < 0;
	if (cause !== OK || poisoned) {
		link.errors++;
		link.retries++;
		if (poisoned)
			engine.log(
				'error',
				link.to,
				`cannot read message ${partition.head} of ${link.config.topic ?? ''}-${p}, will try again`
			);
		engine.heap.push(engine.now + 1000, Event.Redeliver, index, p); // the same message again, after a pause
		return;
	}
	partition.busy = false;
	partition.times.shift();
	partition.flows.shift();
	partition.head++;
	consume(engine, link);
}
