import type { FetchedPage, OffsetPage } from './offset-pages';

/** A page with what was asked for. */
export interface ReadPage<Row> extends OffsetPage<Row> {
	readonly skip: number;
	readonly limit: number;
}

/** What is wanted from here on. */
export interface Plan {
	/** Rows of the list that were passed. */
	readonly place: number;
	/** Rows by which a page overlaps the one before. */
	readonly overlap: 0 | 1;
	/** Rows to ask for at once. */
	readonly pageSize: number;
	/** Rows that a page is expected to bring. */
	readonly perPage: number;
	/** Pages to ask for side by side. */
	readonly atOnce: number;
	/** Nothing is asked for from this place on, save the page that is taken. */
	readonly until: number;
	/** New rows wanted. */
	readonly atMost: number;
}

interface Asked<Row> {
	readonly skip: number;
	readonly limit: number;
	readonly page: Promise<FetchedPage<Row>>;
}

type FetchPage<Row> = (skip: number, limit: number, signal: AbortSignal) => Promise<FetchedPage<Row>>;

/** Asks for pages before they are wanted, at most as many as a plan allows, and gives them in order. */
export class ReadAhead<Row> {
	readonly #fetch: FetchPage<Row>;
	#asked: Asked<Row>[] = [];
	/** Place at which the next page to be asked for begins. */
	#planned = 0;
	#stopped = new AbortController();

	constructor(fetch: FetchPage<Row>) {
		this.#fetch = fetch;
	}

	/** Gives the page at the plan's place, and asks for those after it. A failed page takes those after it along. */
	async take(plan: Plan): Promise<ReadPage<Row>> {
		const first = this.#asked[0];
		// A page that begins later would leave a gap.
		if (first && first.skip > plan.place - plan.overlap) this.drop();
		if (this.#asked.length === 0) this.#planned = plan.place;
		while (this.#asked.length < plan.atOnce) {
			if (this.#asked.length > 0 && this.#planned >= plan.until) break;
			this.#ask(plan);
		}
		const { skip, limit, page } = this.#asked.shift() as Asked<Row>;
		let isRead = false;
		try {
			const fetched = await page;
			const content = typeof fetched === 'function' ? fetched() : fetched;
			isRead = true;
			return { ...content, skip, limit };
		} finally {
			if (!isRead) this.drop();
		}
	}

	/** Forgets what was asked for, and ends the requests under way. */
	drop(): void {
		this.#stopped.abort();
		this.#stopped = new AbortController();
		this.#asked = [];
	}

	#ask({ place, overlap, pageSize, perPage, atMost }: Plan): void {
		const skip = this.#planned - overlap;
		const limit = Math.min(pageSize, atMost - (this.#planned - place) + overlap);
		const { signal } = this.#stopped;
		const page = this.#fetch(skip, limit, signal);
		// It may be dropped before anyone waits for it.
		page.catch(() => undefined);
		this.#asked.push({ skip, limit, page });
		this.#planned = skip + Math.min(limit, perPage);
	}
}
