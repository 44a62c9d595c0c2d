/** Flow.ai repeats a failed delivery for two to four hours (Flow.ai reference §4.4). */
const REMEMBER_MS = 4 * 3_600_000;
const MAX_KEYS = 10_000;

/** Keys of events that were handed on lately, so that a repeated delivery starts a flow once. Memory only. */
export class RecentKeys {
	/** Oldest first, since a Map keeps the order of insertion. */
	readonly #seenAt = new Map<string, number>();

	/** Takes a key in; false when it came before. */
	add(key: string, nowMs: number): boolean {
		for (const [oldest, at] of this.#seenAt) {
			if (this.#seenAt.size < MAX_KEYS && nowMs - at < REMEMBER_MS) break;
			this.#seenAt.delete(oldest);
		}
		if (this.#seenAt.has(key)) return false;
		this.#seenAt.set(key, nowMs);
		return true;
	}
}
