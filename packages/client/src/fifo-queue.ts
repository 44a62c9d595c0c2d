/** Taken entries that are kept at the head at least before the rest is moved up. */
const MIN_TAKEN = 1_024;

/**
 * Things in the order in which they came. A Map or Set keeps that order as well, but passes over everything that was
 * deleted at its head each time its oldest entry is asked for.
 */
export class FifoQueue<T> {
	#things: T[];
	#head = 0;

	constructor(things: Iterable<T> = []) {
		this.#things = [...things];
	}

	get size(): number {
		return this.#things.length - this.#head;
	}

	/** The oldest, which stays. */
	get oldest(): T | undefined {
		return this.#things[this.#head];
	}

	push(thing: T): void {
		this.#things.push(thing);
	}

	/** Takes the oldest. */
	shift(): T | undefined {
		const oldest = this.#things[this.#head];
		if (this.size === 0) return undefined;
		this.#head += 1;
		if (this.#head >= MIN_TAKEN && this.#head * 2 >= this.#things.length) {
			this.#things = this.#things.slice(this.#head);
			this.#head = 0;
		}
		return oldest;
	}
}
