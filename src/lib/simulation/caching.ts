/** Caches: a hit ratio that is earned key by key. */

import type { Engine } from './engine';
import { type CacheState, DEPENDENCY, OK, State, type Station } from './model';

/** True when the visit has been dealt with. */
export function lookUp(engine: Engine, visit: number, s: Station, cache: CacheState): boolean {
	s.lookups++;
	const key = cache.popularity.keyAt(s.random.uniform());
	const expires = cache.expires.get(key);
	if (expires !== undefined && expires > engine.now) {
		s.hits++;
		cache.expires.set(key, expires);
		if (engine.vSpan[visit]! >= 0)
			engine.tracing[engine.vTrace[visit]!]!.spans[engine.vSpan[visit]!]!.hit = true;
		engine.finish(visit, OK);
		return true;
	}
	if (engine.vSpan[visit]! >= 0)
		engine.tracing[engine.vTrace[visit]!]!.spans[engine.vSpan[visit]!]!.hit = false;
	const model = s.config.cache!;
	if (model.coalesce) {
		const waiting = cache.loading.get(key);
		if (waiting) {
			waiting.push(visit, engine.vGen[visit]!);
			engine.vState[visit] = State.Joining;
			return true;
		}
		cache.loading.set(key, []);
	}
	engine.vKey[visit] = key;
	return false;
}

export function fill(engine: Engine, visit: number, s: Station) {
	const cache = s.cache!,
		model = s.config.cache!,
		key = engine.vKey[visit]!;
	const life = model.ttlSeconds
		? model.ttlSeconds * 1000 * (1 - (model.ttlJitter ?? 0) * s.random.uniform())
		: Infinity;
	cache.expires.set(key, engine.now + life);
	if (cache.expires.size > model.capacity) cache.expires.deleteOldest();
	engine.vKey[visit] = -1;
	const waiting = cache.loading.get(key);
	cache.loading.delete(key);
	if (waiting)
		for (let i = 0; i < waiting.length; i += 2)
			if (engine.vGen[waiting[i]!] === waiting[i + 1]) engine.finish(waiting[i]!, OK);
}

export function loadFailed(engine: Engine, visit: number, s: Station, cache: CacheState) {
	const key = engine.vKey[visit]!;
	engine.vKey[visit] = -1;
	const waiting = cache.loading.get(key);
	cache.loading.delete(key);
	if (waiting)
		for (let i = 0; i < waiting.length; i += 2)
			if (engine.vGen[waiting[i]!] === waiting[i + 1]) engine.finish(waiting[i]!, DEPENDENCY);
}
