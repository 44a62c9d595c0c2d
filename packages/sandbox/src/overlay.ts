/**
 * A long generated list of which some rows have been taken out (because they were changed and are held elsewhere).
 * It finds the rows that are left by their place among the rows that are left.
 */
export class Overlay {
	private readonly taken: number[];

	/** @param taken positions that are taken out; negative ones are ignored */
	constructor(
		private readonly size: number,
		taken: Iterable<number>,
	) {
		this.taken = [...taken].filter((position) => position >= 0).sort((a, b) => a - b);
	}

	/** Rows left. */
	get count(): number {
		return this.size - this.taken.length;
	}

	/** Original positions of the rows from `skip`, at most `limit`. */
	*range(skip: number, limit: number): Generator<number> {
		let position = skip;
		let next = 0;
		for (let given = 0; given < limit; given += 1, position += 1) {
			while (next < this.taken.length && (this.taken[next] ?? 0) <= position) {
				position += 1;
				next += 1;
			}
			if (position >= this.size) return;
			yield position;
		}
	}
}
