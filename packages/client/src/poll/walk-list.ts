/** A list to walk from its head, newest activity first as far as the service keeps that. */
export interface WalkOptions<Row> {
	/** Starts reading the list from its head; called again for the second look at the head. */
	pages(): AsyncIterable<readonly Row[]>;
	idOf(row: Row): string;
	/** Moment of the row's newest activity, ms since the epoch. */
	timeOf(row: Row): number;
	/** Rows up to this moment are old, ms. */
	readonly floorMs: number;
	/** Pages to read even when the first one leads to old rows, to learn how the list is ordered. */
	readonly minPages: number;
	/** Rows to read at most where the list is not in order of activity. */
	readonly maxRows: number;
	/** The list was found not to be in order before. */
	readonly wasUnordered: boolean;
}

/** What a walk has found. */
export interface ListWalk<Row> {
	/** Rows by id, each as it was seen last. */
	readonly rows: ReadonlyMap<string, Row>;
	/** False when rows turned up below several that are older. */
	readonly isOrdered: boolean;
	/** False when rows that are newer than the floor may lie beyond what was read. */
	readonly isWhole: boolean;
	/** False when the head was still moving at the end, so that a row may have slipped by. */
	readonly isSettled: boolean;
}

/** Servers stamp rows by clocks of their own; this much disorder is none, ms. */
const TOLERANCE_MS = 10_000;
/** Older rows above a row that show a list out of order. One or two may be rows that were moved up. */
const OUT_OF_ORDER = 3;
/** Rows at the end of a page that must be old before the rest of a list counts as old. */
const TAIL = 3;
/** Pages of the second look at the head. */
const HEAD_PAGES = 3;
/** Longest walk down a list that is in order: an account that was not looked at for long. */
const MAX_PAGES = 1_000;

/** Notices a list that is not in order, from the oldest moments above each row. */
class OrderCheck {
	isOrdered = true;
	#oldest: number[] = [];

	add(atMs: number): void {
		const third = this.#oldest.at(OUT_OF_ORDER - 1);
		if (third !== undefined && third < atMs - TOLERANCE_MS) this.isOrdered = false;
		this.#oldest = [...this.#oldest, atMs].sort((one, other) => one - other).slice(0, OUT_OF_ORDER);
	}
}

/** Takes the rows of a page in. @returns whether any of them is new or has moved on */
function takePage<Row>(
	rows: Map<string, Row>,
	page: readonly Row[],
	options: Pick<WalkOptions<Row>, 'idOf' | 'timeOf'>,
): boolean {
	let isChanged = false;
	for (const row of page) {
		const id = options.idOf(row);
		const known = rows.get(id);
		if (known !== undefined && options.timeOf(known) >= options.timeOf(row)) continue;
		rows.set(id, row);
		isChanged = true;
	}
	return isChanged;
}

/** Reads the head once more: rows that became active while later pages were read have moved up to it. */
async function rereadHead<Row>(rows: Map<string, Row>, options: WalkOptions<Row>): Promise<boolean> {
	let pages = 0;
	for await (const page of options.pages()) {
		if (!takePage(rows, page, options)) return true;
		pages += 1;
		if (pages >= HEAD_PAGES) return false;
	}
	return true;
}

/**
 * Reads a list from its head until everything newer than the floor was seen: a page of old rows ends the walk of
 * a list that is in order of activity, one that is not is read up to `maxRows`. A walk of several pages ends
 * with a second look at the head, since rows move while they are read.
 * @throws what `pages` throws
 */
export async function walkList<Row>(options: WalkOptions<Row>): Promise<ListWalk<Row>> {
	const { floorMs, minPages, maxRows, wasUnordered } = options;
	const rows = new Map<string, Row>();
	const order = new OrderCheck();
	let pages = 0;
	let isWhole = true;
	for await (const page of options.pages()) {
		pages += 1;
		takePage(rows, page, options);
		for (const row of page) order.add(options.timeOf(row));
		const mayStop = order.isOrdered && !wasUnordered;
		const isOldTail = page.slice(-TAIL).every((row) => options.timeOf(row) <= floorMs);
		if (mayStop && isOldTail && pages >= minPages) break;
		if (mayStop ? pages >= MAX_PAGES : rows.size >= maxRows) {
			isWhole = false;
			break;
		}
	}
	const isSettled = pages < 2 || (await rereadHead(rows, options));
	return { rows, isOrdered: order.isOrdered, isWhole, isSettled };
}
