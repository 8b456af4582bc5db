/** Circuit breakers: closed, open, half-open (M. Nygard, Release It). */

import type { Engine } from './engine';
import { type Link } from './model';

export function breakerLets(engine: Engine, link: Link, inv: number): boolean {
	engine.iProbe[inv] = 0;
	if (link.breaker === 0) return true;
	if (link.breaker === 1) {
		if (link.forced || engine.now < link.openUntil) return false;
		link.breaker = 2;
		link.probesLeft = link.config.breaker?.probes ?? 1;
		link.probesOk = 0;
		engine.log('info', link.from, `circuit to ${engine.stations[link.to]!.config.id} half-open`);
	}
	if (link.probesLeft <= 0) return false;
	link.probesLeft--;
	engine.iProbe[inv] = 1;
	return true;
}

export function breakerSees(engine: Engine, link: Link, inv: number, failed: boolean) {
	const config = link.config.breaker;
	if (!config) return;
	if (link.breaker === 2) {
		if (!engine.iProbe[inv]) return;
		engine.iProbe[inv] = 0;
		if (failed) {
			openBreaker(engine, link);
			return;
		}
		if (++link.probesOk >= config.probes) {
			closeBreaker(engine, link);
		}
		return;
	}
	if (link.breaker === 1) return;
	const at = link.outcomeAt;
	if (link.outcomeCount === config.window) link.failures -= link.outcomes[at]!;
	else link.outcomeCount++;
	link.outcomes[at] = failed ? 1 : 0;
	link.failures += failed ? 1 : 0;
	link.outcomeAt = (at + 1) % config.window;
	if (link.outcomeCount === config.window && link.failures >= config.threshold * config.window)
		openBreaker(engine, link);
}

/** A call that is cancelled says nothing of the callee: where it was a probe, another one may go. */
export function breakerForgets(engine: Engine, inv: number) {
	if (!engine.iProbe[inv]) return;
	engine.iProbe[inv] = 0;
	const link = engine.links[engine.iLink[inv]!]!;
	if (link.breaker === 2) link.probesLeft++;
}

export function openBreaker(engine: Engine, link: Link) {
	link.breaker = 1;
	link.openUntil = engine.now + (link.config.breaker?.openSeconds ?? 5) * 1000;
	engine.log('warn', link.from, `circuit to ${engine.stations[link.to]!.config.id} open`);
}

export function closeBreaker(engine: Engine, link: Link) {
	link.breaker = 0;
	link.forced = false;
	link.outcomes = new Uint8Array(link.config.breaker?.window ?? 1);
	link.outcomeAt = 0;
	link.outcomeCount = 0;
	link.failures = 0;
	engine.log('info', link.from, `circuit to ${engine.stations[link.to]!.config.id} closed`);
}
