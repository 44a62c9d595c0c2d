import { pageLoop } from './page-loop';

/** One page as the service gave it. */
export interface OffsetPage<Row> {
	readonly rows: readonly Row[];
	/** Number of rows in the whole list, where the service tells. */
	readonly total?: number;
}

/** How to read a list by `skip` and `limit`. */
export interface OffsetPagesOptions<Row> {
	/** Reads the rows from `skip` on, at most `limit`. */
	fetchPage(skip: number, limit: number): Promise<OffsetPage<Row>>;
	/** Identity of a row; undefined rows are never taken for repeats. */
	idOf(row: Row): string | undefined;
	/** Rows asked for at once. */
	readonly pageSize: number;
	/** Rows wanted in all; undefined means every row. */
	readonly limit?: number | undefined;
}

/** Ids kept to notice repeats, at least; a list that shifts while it is read repeats rows near the edge only. */
const KNOWN_IDS = 1_000;
/** Pages whose ids are kept, where those are more. */
const KNOWN_PAGES = 8;

class RecentIds {
	readonly #ids = new Set<string>();
	readonly #size: number;

	constructor(size: number) {
		this.#size = size;
	}

	/** Takes an id in; false when it is already known. */
	add(id: string | undefined): boolean {
		if (id === undefined) return true;
		if (this.#ids.has(id)) return false;
		this.#ids.add(id);
		if (this.#ids.size > this.#size) {
			const oldest = this.#ids.values().next();
			if (!oldest.done) this.#ids.delete(oldest.value);
		}
		return true;
	}
}

/**
 * Reads a list page by page, each row once. Goes on from the rows received, since a service may lower the
 * limit silently; ends at an empty page or at the total. A total below the rows received is wrong and counts
 * for nothing. Stops asking when the caller stops reading.
 * @throws CONVOFLOW_PAGE_LOOP when the same page comes again and again
 */
export async function* offsetPages<Row>(options: OffsetPagesOptions<Row>): AsyncGenerator<Row[], void, void> {
	const known = new RecentIds(Math.max(KNOWN_IDS, KNOWN_PAGES * options.pageSize));
	const wanted = options.limit ?? Infinity;
	let skip = 0;
	let delivered = 0;
	let firstId: string | undefined;
	let repeats = 0;
	let isStale = false;
	while (delivered < wanted) {
		// After a page of known rows a small rest would only meet more of them.
		const size = isStale ? options.pageSize : Math.min(options.pageSize, wanted - delivered);
		const { rows, total } = await options.fetchPage(skip, size);
		if (rows.length === 0) return;
		skip += rows.length;
		const fresh = rows.filter((row) => known.add(options.idOf(row))).slice(0, wanted - delivered);
		delivered += fresh.length;
		if (fresh.length > 0) yield fresh;
		// A list that grows at its head brings known rows too, but other ones each time.
		const id = options.idOf(rows[0] as Row);
		isStale = fresh.length === 0;
		repeats = isStale && id === firstId ? repeats + 1 : 0;
		firstId = id;
		if (repeats > 1) throw pageLoop();
		if (skip === total && repeats === 0) return;
	}
}
