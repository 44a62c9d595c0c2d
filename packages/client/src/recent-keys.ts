/** Flow.ai repeats a failed delivery for two to four hours (Flow.ai reference §4.4). */
const KEEP_MS = 4 * 3_600_000;
const MAX_KEYS = 10_000;

/** How much is remembered. */
export interface RecentKeysOptions {
	/** How many keys are known at most; 10,000 by default. */
	readonly maxKeys?: number;
	/** Told each key that is forgotten, so that a copy elsewhere can forget it too. */
	readonly onForget?: (key: string) => void;
}

/**
 * Keys of events that came lately, so that a repeated delivery starts a flow once. Lives in memory; `entries`
 * and the constructor carry it over a restart.
 */
export class RecentKeys {
	/** When each key came, in ms since the epoch. Oldest first, since a Map keeps the order of insertion. */
	readonly #cameAt: Map<string, number>;
	readonly #maxKeys: number;
	readonly #onForget: (key: string) => void;

	/** @param entries what `entries` gave before, in any order */
	constructor(entries: Iterable<readonly [string, number]> = [], options: RecentKeysOptions = {}) {
		this.#cameAt = new Map([...entries].sort(([, one], [, other]) => one - other));
		this.#maxKeys = options.maxKeys ?? MAX_KEYS;
		this.#onForget = options.onForget ?? (() => undefined);
	}

	/** Takes a key in. @returns false when it came before and is still known */
	add(key: string, nowMs: number): boolean {
		this.#forgetOld(nowMs, this.#maxKeys);
		if (this.#cameAt.has(key)) return false;
		this.#forgetOld(nowMs, this.#maxKeys - 1);
		this.#cameAt.set(key, nowMs);
		return true;
	}

	/** Takes in what another memory knows. Its keys count from the time at which they came. */
	learn(entries: Iterable<readonly [string, number]>, nowMs: number): void {
		for (const [key, at] of entries)
			if (!this.#cameAt.has(key) && nowMs - at < KEEP_MS) this.#cameAt.set(key, at);
	}

	/** Whether a key came and is still known. */
	has(key: string): boolean {
		return this.#cameAt.has(key);
	}

	/** Takes a key back, so that the next delivery counts as the first: the event could not be taken. */
	delete(key: string): void {
		this.#cameAt.delete(key);
	}

	/** The keys and when they came, in ms since the epoch, oldest first. */
	entries(): [string, number][] {
		return [...this.#cameAt];
	}

	#forgetOld(nowMs: number, maxKeys: number): void {
		for (const [oldest, at] of this.#cameAt) {
			if (this.#cameAt.size <= maxKeys && nowMs - at < KEEP_MS) break;
			this.#cameAt.delete(oldest);
			this.#onForget(oldest);
		}
	}
}
