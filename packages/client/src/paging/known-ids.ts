import { fingerprint } from '../fingerprint';

/** Slots of a new table, and of the largest one; a power of two. At most half of them are in use. */
const FIRST_SLOTS = 2_048;
const MOST_SLOTS = 131_072;

/**
 * Remembers at least the last 65,536 ids in at most 2 MiB: each as a number of 53 bits, so that a list of any
 * length is read in bounded memory. Two of a million ids are taken for one another with a chance of 1 in 18,000.
 */
export class KnownIds {
	#recent: Float64Array = new Float64Array(FIRST_SLOTS);
	#used = 0;
	/** The ids before those; dropped as a whole once `#recent` is full again. */
	#older: Float64Array = new Float64Array(0);
	readonly #kept = new Set<number>();

	/** How many ids are kept to the end. */
	get kept(): number {
		return this.#kept.size;
	}

	/** True when the id was added before. */
	has(id: string): boolean {
		return this.#holds(fingerprint(id));
	}

	/**
	 * Takes an id in; false when it is already known.
	 * @param isKept whether it is remembered to the end, whatever comes after it
	 */
	add(id: string, isKept = false): boolean {
		const print = fingerprint(id);
		if (this.#holds(print)) return false;
		if (isKept) this.#kept.add(print);
		if (this.#used * 2 >= this.#recent.length) this.#grow();
		put(this.#recent, print);
		this.#used += 1;
		return true;
	}

	#holds(print: number): boolean {
		return isIn(this.#recent, print) || isIn(this.#older, print) || this.#kept.has(print);
	}

	#grow(): void {
		if (this.#recent.length === MOST_SLOTS) {
			const dropped = this.#older;
			this.#older = this.#recent;
			this.#recent = dropped.length === 0 ? new Float64Array(MOST_SLOTS) : dropped.fill(0);
			this.#used = 0;
			return;
		}
		const larger = new Float64Array(this.#recent.length * 2);
		for (const print of this.#recent) if (print !== 0) put(larger, print);
		this.#recent = larger;
	}
}

/** The slot of a number, or the empty one where it belongs. */
function slotOf(table: Float64Array, print: number): number {
	const last = table.length - 1;
	let slot = print & last;
	while (table[slot] !== 0 && table[slot] !== print) slot = (slot + 1) & last;
	return slot;
}

function isIn(table: Float64Array, print: number): boolean {
	return table.length > 0 && table[slotOf(table, print)] === print;
}

function put(table: Float64Array, print: number): void {
	table[slotOf(table, print)] = print;
}
