/** Brokers: messages wait in partitions; a group works on at most one message of a partition at a time. */

import type { Engine } from './engine';
import {
	Event,
	type Link,
	makePartitions,
	maximumBacklog,
	OK,
	type Partition,
	type Station
} from './model';

/** The group of a subscription in its topic; its first member brings it into being. */
export function joinGroup(broker: Station, link: Link): number {
	const topic = broker.topics[link.topic];
	if (!topic) return -1;
	const name = link.config.group ?? 'default';
	const known = topic.groupNames.indexOf(name);
	if (known >= 0) return known;
	const group = topic.groupNames.push(name) - 1;
	if (group > 0) topic.groups.push(makePartitions(topic.groups[0]!.length));
	return group;
}

export function partitionsOf(engine: Engine, link: Link): Partition[] {
	return engine.stations[link.from]!.topics[link.topic]?.groups[link.group] ?? [];
}

export function publish(engine: Engine, s: Station, topicIndex: number, flow: number) {
	const topic = s.topics[topicIndex];
	if (!topic) return;
	const turn = topic.turn++;
	for (const partitions of topic.groups) {
		const partition = partitions[turn % partitions.length]!;
		forget(engine, s, partition, topic.retentionMs);
		if (partition.times.length >= maximumBacklog) {
			engine.limits.add(`messages in a partition (${maximumBacklog})`);
			continue;
		}
		partition.times.push(engine.now);
		partition.flows.push(flow);
	}
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
	const partitions = partitionsOf(engine, link);
	const count = partitions.length;
	for (let step = 0; step < count; step++) {
		const p = (link.outcomeAt + step) % count;
		const partition = partitions[p]!;
		if (partition.busy || partition.times.length === 0) continue;
		if (consumer.config.workers > 0 && engine.freeReplica(consumer) < 0) return;
		forget(engine, broker, partition, topic.retentionMs);
		if (partition.times.length === 0) continue;
		partition.busy = true;
		const flow = partition.flows.at(0);
		link.attempts++;
		const visit = engine.newVisit(link.to, Math.max(0, flow), -1, 0, link.index);
		engine.vMessage[visit] = p;
		link.outcomeAt = (p + 1) % count;
		engine.deliver(visit);
	}
}

/** What is older than the topic keeps is lost, unless it is being worked on. */
function forget(engine: Engine, broker: Station, partition: Partition, retentionMs: number) {
	const { times, flows } = partition;
	if (retentionMs === 0 || partition.busy) return;
	while (times.length > 0 && engine.now - times.at(0) > retentionMs) {
		times.shift();
		flows.shift();
		partition.head++;
		broker.errors++;
	}
}

export function acknowledge(engine: Engine, index: number, p: number, cause: number) {
	const link = engine.links[index]!;
	const partition = partitionsOf(engine, link)[p]!;
	const poisoned = partition.flows.length > 0 && partition.flows.at(0) < 0;
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
