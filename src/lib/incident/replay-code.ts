import type { Scenario } from '../content';
import { engineVersion } from '../simulation';
import type { Decoded } from '../platform';
import type { Move } from './round';

/** What a replay link says: enough to simulate the round again to the digit. */
export interface Replay {
	seed: number;
	moves: Move[];
	/** Indices of the steps a hint was asked for. */
	hints: number[];
}

const format = 1;
const maximumMoves = 16;
const maximumLength = 200;

/**
 * A round as a word for a link: base64url of format, engine, the scenario's number and digest, seed, hints, a count and
 * two bits for each decision (its place among the step's actions), and a checksum. Which step a decision belongs to
 * follows from the decisions before it.
 */
export function encodeReplay(scenario: Scenario, { seed, moves, hints }: Replay): string {
	const bytes = [format, engineVersion];
	pushNumber(bytes, scenario.number);
	pushWord(bytes, digestOf(scenario));
	pushNumber(bytes, seed < 0 ? -2 * seed - 1 : 2 * seed);
	bytes.push(hints.reduce((mask, step) => mask | (1 << step), 0));
	bytes.push(moves.length);
	for (let at = 0; at < moves.length; at += 4)
		bytes.push(
			moves
				.slice(at, at + 4)
				.reduce((packed, move, place) => packed | (placeOf(scenario, move) << (2 * place)), 0)
		);
	pushWord(bytes, checksum(bytes));
	return btoa(String.fromCharCode(...bytes))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replace(/=+$/, '');
}

/** The round of a code, or one sentence on why it is none. Never throws. */
export function decodeReplay(scenario: Scenario, code: string): Decoded<Replay> {
	const bad = (problem: string) => ({ ok: false, problem }) as const;
	if (code.length > maximumLength) return bad('it is longer than any replay link');
	if (!/^[A-Za-z0-9_-]+$/.test(code)) return bad('it holds characters that no replay link has');
	let bytes: number[];
	try {
		const text = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
		bytes = Array.from(text, (character) => character.charCodeAt(0));
	} catch {
		return bad('a part of it is missing');
	}
	const reader = new Reader(bytes.slice(0, -2));
	const sum = ((bytes.at(-2) ?? 0) << 8) | (bytes.at(-1) ?? 0);
	if (bytes.length < 9 || checksum(bytes.slice(0, -2)) !== sum)
		return bad('a part of it is missing or was changed');
	if (reader.byte() !== format) return bad('it is of another edition of this site');
	if (reader.byte() !== engineVersion)
		return bad('it was played on another version of the simulator, whose figures differ');
	if (reader.number() !== scenario.number) return bad('it is of another incident');
	if (reader.word() !== digestOf(scenario))
		return bad('this incident has been changed since it was played');
	const folded = reader.number();
	const seed = folded % 2 ? -(folded + 1) / 2 : folded / 2;
	const mask = reader.byte();
	const count = reader.byte();
	if (!Number.isSafeInteger(seed) || mask > 15 || count > maximumMoves)
		return bad('it says what no round can be');
	const moves: Move[] = [];
	const tried = new Set<string>();
	let step = 0;
	let packed = 0;
	for (let at = 0; at < count; at++) {
		packed = at % 4 === 0 ? reader.byte() : packed >> 2;
		const action = scenario.steps[step]?.actions[packed & 3];
		if (!action || tried.has(`${step}/${action.id}`)) return bad('it says what no round can be');
		tried.add(`${step}/${action.id}`);
		moves.push({ step, action: action.id });
		if (action.verdict === 'safe') step++;
	}
	if (!reader.done) return bad('it says more than a round');
	return { ok: true, value: { seed, moves, hints: [0, 1, 2, 3].filter((at) => mask & (1 << at)) } };
}

function placeOf(scenario: Scenario, { step, action }: Move): number {
	return Math.max(0, scenario.steps[step]?.actions.findIndex(({ id }) => id === action) ?? 0);
}

/** 16 bits of what decides the run: with another fault or another action the figures would differ. */
function digestOf({ setup, fault, opensAtSeconds, crashErrorRatio, steps }: Scenario): number {
	const decisive = steps.map(({ actions }) =>
		actions.map(({ id, changes, verdict }) => [id, changes, verdict])
	);
	const text = JSON.stringify([setup, fault, opensAtSeconds, crashErrorRatio, decisive]);
	return checksum(Array.from(text, (character) => character.charCodeAt(0) & 255));
}

/** CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xffff). */
function checksum(bytes: readonly number[]): number {
	let crc = 0xffff;
	for (const byte of bytes) {
		crc ^= byte << 8;
		for (let bit = 0; bit < 8; bit++)
			crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
	}
	return crc;
}

function pushWord(bytes: number[], word: number): void {
	bytes.push(word >> 8, word & 255);
}

/** Seven bits a byte, the lowest first; the top bit says that more follows. */
function pushNumber(bytes: number[], value: number): void {
	let left = value;
	while (left > 127) {
		bytes.push((left % 128) | 128);
		left = Math.floor(left / 128);
	}
	bytes.push(left);
}

class Reader {
	readonly #bytes: readonly number[];
	#at = 0;

	constructor(bytes: readonly number[]) {
		this.#bytes = bytes;
	}

	get done(): boolean {
		return this.#at >= this.#bytes.length;
	}

	/** Beyond the end there are zeros: what is missing shows in the checksum or makes no round. */
	byte(): number {
		return this.#bytes[this.#at++] ?? 0;
	}

	word(): number {
		return (this.byte() << 8) | this.byte();
	}

	number(): number {
		let value = 0;
		for (let factor = 1; factor < 2 ** 56; factor *= 128) {
			const byte = this.byte();
			value += (byte & 127) * factor;
			if (byte < 128) break;
		}
		return value;
	}
}
