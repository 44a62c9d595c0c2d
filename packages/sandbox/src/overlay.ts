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
	page(skip: number, limit: number): number[] {
		const positions: number[] = [];
		let position = skip;
		let next = 0;
		for (; positions.length < limit; position += 1) {
			while (next < this.taken.length && (this.taken[next] ?? 0) <= position) {
				position += 1;
				next += 1;
			}
			if (position >= this.size) break;
			positions.push(position);
		}
		return positions;
	}
}

/** A stretch of a list that can be read in parts. */
export interface Part<T> {
	count: number;
	page(skip: number, limit: number): T[];
}

/** A part that is an array. */
export function arrayPart<T>(rows: T[]): Part<T> {
	return { count: rows.length, page: (skip, limit) => rows.slice(skip, skip + limit) };
}

/** Reads a page across parts that follow one another. */
export function readParts<T>(
	parts: ReadonlyArray<Part<T>>,
	skip: number,
	limit: number,
): { rows: T[]; total: number } {
	const rows: T[] = [];
	let before = 0;
	for (const part of parts) {
		const wanted = limit - rows.length;
		if (wanted > 0 && skip < before + part.count) rows.push(...part.page(Math.max(0, skip - before), wanted));
		before += part.count;
	}
	return { rows, total: before };
}
