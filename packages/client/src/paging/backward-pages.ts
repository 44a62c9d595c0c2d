import { KnownIds } from './known-ids';

/** How to read a list from its end to its head. */
export interface BackwardPagesOptions<Row> {
	/** Reads the rows from `skip` on, at most `limit`. */
	readonly fetchRows: (skip: number, limit: number) => Promise<readonly Row[]>;
	/** Identity of a row. */
	readonly idOf: (row: Row) => string | undefined;
	/** Rows asked for at once, from 2. */
	readonly pageSize: number;
	/** The first page, read before. */
	readonly head: readonly Row[];
	/** Told when the list moves faster than it can be read. */
	readonly warn?: ((message: string) => void) | undefined;
}

/** How many pages to look through for the place where reading left off. */
const MOST_LOOKS = 16;

/**
 * Reads a list that begins with the newest rows from the oldest one on, in bounded memory: finds the end, then
 * reads towards the head, each page one row into the one before. What comes in at the head meanwhile pushes the
 * rest away from it, so that the place is looked for again; it comes last. The oldest row of a page stands first.
 */
export async function* backwardPages<Row>(
	options: BackwardPagesOptions<Row>,
): AsyncGenerator<Row[], void, void> {
	const { fetchRows, idOf, head } = options;
	const known = new KnownIds();
	const fresh = (rows: readonly Row[]): Row[] => {
		const isKnown = (row: Row): boolean => known.has(idOf(row) ?? '');
		const marked = rows.findIndex(isKnown);
		const unread = marked < 0 ? rows : rows.slice(0, marked);
		return [...unread].reverse();
	};
	const keep = (rows: readonly Row[]): void => {
		for (const row of rows) known.add(idOf(row) ?? '');
	};

	const last = head.at(-1);
	if (last === undefined) return;
	const [first, ...more] = await fetchRows(head.length - 1, 2);
	if (first !== undefined && idOf(first) === idOf(last) && more.length === 0) {
		yield [...head].reverse();
		return;
	}
	let perPage = Math.max(2, Math.min(options.pageSize, head.length));
	let end = await findEnd(head.length, perPage, fetchRows);
	let hasBegun = false;
	let looks = 0;
	for (;;) {
		// Up to the row handed on last; at first, one place behind the end, where nothing should stand.
		const skip = Math.max(0, end - perPage + 1);
		const limit = end - skip + 1;
		const rows = await fetchRows(skip, limit);
		const unread = fresh(rows);
		const isLinked = hasBegun ? unread.length < rows.length : rows.length < limit;
		if (!isLinked && rows.length > 0 && looks < MOST_LOOKS) {
			looks += 1;
			// Fewer than asked for: a lowered limit. Else the list has grown, and the place lies further back.
			if (hasBegun && rows.length < limit && rows.length > 1) perPage = rows.length;
			else end = skip + rows.length - 1 + (perPage - 1);
			continue;
		}
		if (!isLinked && rows.length > 0)
			options.warn?.('The list changes faster than it can be read; rows may be missing or come twice.');
		looks = 0;
		hasBegun = true;
		keep(unread);
		if (unread.length > 0) yield unread;
		if (skip === 0) return;
		end = skip;
	}
}

/** The number of rows of a list that has at least `from`: doubles, then halves, then reads the rest. */
async function findEnd(
	from: number,
	perPage: number,
	fetchRows: (skip: number, limit: number) => Promise<readonly unknown[]>,
): Promise<number> {
	let there = from;
	let beyond = from;
	while ((await fetchRows(beyond, 1)).length > 0) {
		there = beyond + 1;
		beyond *= 2;
	}
	while (beyond - there >= perPage) {
		const middle = Math.floor((there + beyond) / 2);
		if ((await fetchRows(middle, 1)).length > 0) there = middle + 1;
		else beyond = middle;
	}
	return beyond === there ? there : there + (await fetchRows(there, beyond - there)).length;
}
