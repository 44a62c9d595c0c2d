/** What a window keeps between polls; plain JSON. */
export type WindowState = {
	/** Rows up to this moment are handled, ms since the epoch. */
	readonly floor: number;
	/** Ids of handled rows that are newer than the floor, with their moment in ms. */
	readonly seen: { readonly [id: string]: number };
};

/**
 * Tells new rows from handled ones by moment and id. A moment alone would lose rows of the same instant and rows
 * that become visible after newer ones; ids alone would grow for ever. So ids are kept for the newest stretch
 * only, and everything before it counts as handled.
 */
export class SeenWindow {
	#floor: number;
	readonly #seen: Map<string, number>;

	/** @param state as `toJSON` gave it */
	constructor({ floor, seen }: WindowState) {
		this.#floor = floor;
		this.#seen = new Map(Object.entries(seen));
	}

	/** Moment up to which everything is handled, ms. */
	get floor(): number {
		return this.#floor;
	}

	/** Keeps at most this many ids: the oldest go, and all up to their moment counts as handled. */
	limit(most: number): void {
		const moments = [...this.#seen.values()].sort((one, other) => other - one);
		const newestToGo = moments[most];
		if (newestToGo !== undefined) this.raise(newestToGo);
	}

	/** True for a row that was not handled yet. */
	isNew(id: string, atMs: number): boolean {
		return atMs > this.#floor && !this.#seen.has(id);
	}

	/** Notes that a row is handled. */
	add(id: string, atMs: number): void {
		if (atMs > this.#floor) this.#seen.set(id, atMs);
	}

	/** Moves the floor up, never down, and forgets the ids below it. */
	raise(floorMs: number): void {
		if (floorMs <= this.#floor) return;
		this.#floor = floorMs;
		for (const [id, atMs] of this.#seen) if (atMs <= floorMs) this.#seen.delete(id);
	}

	toJSON(): WindowState {
		return { floor: this.#floor, seen: Object.fromEntries(this.#seen) };
	}
}
