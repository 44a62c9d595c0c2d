/** Ids that are remembered at least. */
export const MIN_IDS = 2_000;

/** The newest ids, in two halves of which the older one is dropped as a whole. */
export class RecentIds {
	#recent = new Set<string>();
	#older = new Set<string>();
	#most = MIN_IDS;

	has(id: string): boolean {
		return this.#recent.has(id) || this.#older.has(id);
	}

	add(id: string): void {
		if (this.#recent.size >= this.#most) {
			this.#older = this.#recent;
			this.#recent = new Set();
		}
		this.#recent.add(id);
	}

	rememberAtLeast(count: number): void {
		this.#most = count;
	}
}
