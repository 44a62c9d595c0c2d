import { KnownIds } from './known-ids';
import { pageIterator, type PageIterator } from './page-iterator';
import { pageLoop } from './page-loop';
import { ReadAhead, type ReadPage } from './read-ahead';

/** One page as the service gave it. */
export interface OffsetPage<Row> {
	readonly rows: readonly Row[];
	/** Number of rows in the whole list, where the service tells. */
	readonly total?: number;
}

/** A page, or what reads it from its answer: one that waits for its turn costs less memory as a text. */
export type FetchedPage<Row> = OffsetPage<Row> | (() => OffsetPage<Row>);

/** How to read a list by `skip` and `limit`. */
export interface OffsetPagesOptions<Row> {
	/** Reads the rows from `skip` on, at most `limit`; ends when `signal` fires. */
	fetchPage(skip: number, limit: number, signal: AbortSignal): Promise<FetchedPage<Row>>;
	/** Identity of a row; undefined rows are never taken for repeats. */
	idOf(row: Row): string | undefined;
	/** Rows asked for at once. */
	readonly pageSize: number;
	/** Pages asked for side by side where the list has a total. Default 8. */
	readonly pagesAtOnce?: number | undefined;
	/** Rows to leave out from the start of the list. Default 0. */
	readonly skip?: number | undefined;
	/** Rows wanted in all; undefined means every row. */
	readonly limit?: number | undefined;
	/** Told when the list moves faster than it can be read. */
	readonly warn?: ((message: string) => void) | undefined;
}

const PAGES_AT_ONCE = 8;
/** Ids of the head that are kept to the end. */
const HEAD_IDS = 1_000;
/** How often the head of a list is read again at its end. */
const MOST_ROUNDS = 3;
/** How many pages to go back for a row that is known. */
const MOST_BACK = 8;
/** Pages without a new row after which the list counts as endless. */
const MOST_STALE = 100;
const FEW_ROWS = 5;

/**
 * Reads a list page by page, each row once. Pages overlap by one row: when that row is not the one expected,
 * the list has moved and the stretch is read again. Goes on from the rows received, since a service may lower
 * the limit silently. Ends at the total or where no further row comes; a total below the rows received is
 * wrong and counts for nothing. A whole list of several pages ends with its head, read until a page brings
 * only known rows: there stands what came in or became active meanwhile. Pages are read side by side where
 * the total is known, and handed on in order. Rows repeated by a service are known among the last 65,536.
 * @throws CONVOFLOW_PAGE_LOOP when the same page comes again and again
 */
export function offsetPages<Row>(options: OffsetPagesOptions<Row>): PageIterator<Row> {
	const reader = new OffsetReader({ ...options });
	return pageIterator({ next: () => reader.next(), stop: () => reader.stop() });
}

class OffsetReader<Row> {
	readonly #options: OffsetPagesOptions<Row>;
	readonly #known = new KnownIds();
	readonly #ahead: ReadAhead<Row>;
	readonly #from: number;
	/** Rows of the list that were passed, those left out included. */
	#place: number;
	#left: number;
	/** Rows that a page is expected to bring: as many as the last one that was cut short brought. */
	#perPage: number;
	#total: number | undefined;
	#isTotalWrong = false;
	/** Rows by which the next page overlaps the last one. */
	#overlap: 0 | 1 = 0;
	#lastId: string | undefined;
	/** Whether a page did not begin where the one before had ended. */
	#hasMoved = false;
	#freshPages = 0;
	/** 0 while the list is read, else the number of the reading of its head. */
	#round = 0;
	#isRoundNew = false;
	#back = 0;
	#stale = 0;
	#repeats = 0;
	#before = { skip: 0, content: '' };
	#isOver = false;

	constructor(options: OffsetPagesOptions<Row>) {
		this.#options = options;
		this.#ahead = new ReadAhead((skip, limit, signal) => options.fetchPage(skip, limit, signal));
		this.#from = options.skip ?? 0;
		this.#place = this.#from;
		this.#left = options.limit ?? Infinity;
		this.#perPage = options.pageSize;
	}

	async next(): Promise<Row[] | undefined> {
		while (!this.#isOver && this.#left > 0) {
			const fresh = this.#accept(await this.#read());
			this.#left -= fresh.length;
			if (fresh.length > 0) {
				if (this.#left <= 0) this.stop();
				return fresh;
			}
		}
		return undefined;
	}

	stop(): void {
		this.#ahead.drop();
	}

	async #read(): Promise<ReadPage<Row>> {
		const { pageSize, pagesAtOnce = PAGES_AT_ONCE } = this.#options;
		const isCounted = this.#isCounted();
		// A small rest would only meet known rows when the page before brought nothing else.
		const left = this.#stale > 0 ? Infinity : this.#left;
		return await this.#ahead.take({
			place: this.#place,
			overlap: this.#overlap,
			pageSize,
			perPage: this.#perPage,
			atOnce: isCounted ? pagesAtOnce : 1,
			until: Math.min(this.#place + left, isCounted ? (this.#total ?? Infinity) : Infinity),
			atMost: left,
		});
	}

	/** Takes a page in and finds out where to go on. Gives the rows that are new. */
	#accept(page: ReadPage<Row>): Row[] {
		const { skip, rows, total } = page;
		const shared = skip < this.#place ? 1 : 0;
		if (shared === 1) {
			const first = rows[0] && this.#options.idOf(rows[0]);
			this.#hasMoved ||= first !== this.#lastId;
			if (!this.#isKnown(first) && this.#stepBack(skip)) return [];
		}
		this.#back = 0;
		this.#total = total;
		this.#place = skip + rows.length;
		if (total !== undefined && rows.length > 0 && this.#place > total) this.#isTotalWrong = true;
		const isTold = this.#isCounted() && this.#place === total;
		const isEnd = isTold || rows.length <= shared;
		const last = rows.at(-1);
		this.#lastId = last && this.#options.idOf(last);
		const fresh = rows.filter((row) => this.#isNew(row)).slice(0, this.#left);
		if (fresh.length > 0) this.#freshPages += 1;
		if (!isEnd && rows.length < page.limit) this.#perPage = Math.max(1, rows.length);
		this.#overlap = this.#lastId !== undefined && Math.min(this.#perPage, page.limit) > 1 ? 1 : 0;
		if (this.#round > 0) this.#followHead(fresh.length > 0, isEnd);
		else if (isEnd) this.#endList();
		else this.#checkProgress(page, fresh.length);
		return fresh;
	}

	#isCounted(): boolean {
		return this.#round === 0 && this.#total !== undefined && !this.#isTotalWrong;
	}

	/** The list lost rows before this place: some were skipped. False once going back has not helped. */
	#stepBack(skip: number): boolean {
		if (this.#back > MOST_BACK) {
			this.#options.warn?.('The list changes faster than it can be read; rows may be missing.');
			this.#back = 0;
			return false;
		}
		this.#back += 1;
		this.#ahead.drop();
		this.#place = Math.max(this.#from, skip - this.#perPage + 1);
		// The first page has none before it that it could be compared with.
		if (this.#place === this.#from) this.#overlap = 0;
		return true;
	}

	#endList(): void {
		this.#ahead.drop();
		// One page shows the list as it was at one moment. Behind rows that were left out there is no head to read.
		const isSnapshot = this.#freshPages <= 1 && !this.#hasMoved;
		if (isSnapshot || this.#from > 0) this.#isOver = true;
		else this.#startRound();
	}

	#startRound(): void {
		this.#round += 1;
		this.#isRoundNew = false;
		this.#place = this.#from;
		this.#overlap = 0;
		if (this.#round <= MOST_ROUNDS) return;
		this.#isOver = true;
		this.#options.warn?.('New rows kept coming in while the list was read; the newest may be missing.');
	}

	/** Reads on from the head as long as there are new rows, and once more from the start if there were any. */
	#followHead(isNew: boolean, isEnd: boolean): void {
		this.#isRoundNew ||= isNew;
		if (isNew && !isEnd) return;
		if (this.#isRoundNew) this.#startRound();
		else this.#isOver = true;
	}

	/** A service that ignores `skip` gives the same page for ever; one whose head grows brings other known rows. */
	#checkProgress({ skip, rows }: ReadPage<Row>, fresh: number): void {
		const idOf = (row: Row | undefined): string => (row && this.#options.idOf(row)) ?? '';
		this.#stale = fresh === 0 ? this.#stale + 1 : 0;
		const content = `${idOf(rows[0])} ${idOf(rows.at(-1))} ${rows.length}`;
		const isSame = fresh === 0 && skip > this.#before.skip && content === this.#before.content;
		this.#repeats = isSame ? this.#repeats + 1 : 0;
		this.#before = { skip, content };
		// A list of a few rows that grows looks the same for a while.
		const most = rows.length < FEW_ROWS ? FEW_ROWS : 1;
		if (this.#repeats > most || this.#stale > MOST_STALE) throw pageLoop();
	}

	#isKnown(id: string | undefined): boolean {
		return id !== undefined && this.#known.has(id);
	}

	#isNew(row: Row): boolean {
		const id = this.#options.idOf(row);
		if (id === undefined) return this.#round === 0;
		// The head is met again at the very end: its ids, and those that came before them later.
		return this.#known.add(id, this.#known.kept < HEAD_IDS || this.#round > 0);
	}
}
