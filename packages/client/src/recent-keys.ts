import { FifoQueue } from './fifo-queue';

/** Flow.ai repeats a failed delivery for two to four hours (Flow.ai reference §4.4). */
const KEEP_MS = 4 * 3_600_000;
const MAX_KEYS = 10_000;
/** Taken-back keys that may wait to be passed over. */
const SLACK = 1_024;

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
	/** When each key came, in ms since the epoch. */
	readonly #cameAt: Map<string, number>;
	/** The same, oldest first; what was deleted or came anew is passed over. */
	#byAge: FifoQueue<readonly [key: string, at: number]>;
	readonly #maxKeys: number;
	readonly #onForget: (key: string) => void;

	/** @param entries what `entries` gave before, in any order */
	constructor(entries: Iterable<readonly [string, number]> = [], options: RecentKeysOptions = {}) {
		this.#cameAt = new Map([...entries].sort(([, one], [, other]) => one - other));
		this.#byAge = new FifoQueue(this.#cameAt);
		this.#maxKeys = options.maxKeys ?? MAX_KEYS;
		this.#onForget = options.onForget ?? (() => undefined);
	}

	/** Takes a key in. @returns false when it came before and is still known */
	add(key: string, nowMs: number): boolean {
		this.#forgetOld(nowMs, this.#maxKeys);
		if (this.#cameAt.has(key)) return false;
		this.#forgetOld(nowMs, this.#maxKeys - 1);
		this.#note(key, nowMs);
		return true;
	}

	/**
	 * Takes in what another memory knows. Its keys count from the time at which they came.
	 * @returns what was news
	 */
	learn(entries: Iterable<readonly [string, number]>, nowMs: number): (readonly [string, number])[] {
		const news: (readonly [string, number])[] = [];
		for (const entry of entries) {
			const [key, at] = entry;
			if (this.#cameAt.has(key) || nowMs - at >= KEEP_MS) continue;
			this.#note(key, at);
			news.push(entry);
		}
		return news;
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

	#note(key: string, at: number): void {
		this.#cameAt.set(key, at);
		this.#byAge.push([key, at]);
		// Keys that are taken back again and again, as by a host that is overloaded, must not pile up.
		if (this.#byAge.size > 2 * this.#cameAt.size + SLACK) this.#byAge = new FifoQueue(this.#cameAt);
	}

	#forgetOld(nowMs: number, maxKeys: number): void {
		for (let next = this.#byAge.oldest; next; next = this.#byAge.oldest) {
			const [key, at] = next;
			const isKnown = this.#cameAt.get(key) === at;
			if (isKnown && this.#cameAt.size <= maxKeys && nowMs - at < KEEP_MS) return;
			this.#byAge.shift();
			if (!isKnown) continue;
			this.#cameAt.delete(key);
			this.#onForget(key);
		}
	}
}
