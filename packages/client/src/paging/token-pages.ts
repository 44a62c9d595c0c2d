import { pageIterator, type PageIterator } from './page-iterator';
import { pageLoop } from './page-loop';

/** One page of a list whose next page is named by a token or cursor. */
export interface TokenPage<Row> {
	readonly rows: readonly Row[];
	/** Names the next page; undefined or empty at the end. */
	readonly next?: string | undefined;
}

/** Pages read at most, so that a list of fresh tokens without end stops too. */
const MOST_PAGES = 100_000;

/**
 * Reads a list by tokens. A short or empty page does not end it, only a missing token does (Chatlayer reference
 * §7); nor is a page asked for beyond `limit` rows. A page that failed is asked for again by the next call of
 * `next`.
 * @param limit rows wanted in all; undefined means every row
 * @throws CONVOFLOW_PAGE_LOOP when a token comes again, after the rows of its page
 */
export function tokenPages<Row>(
	fetchPage: (token: string | undefined, signal: AbortSignal) => Promise<TokenPage<Row>>,
	limit?: number,
): PageIterator<Row> {
	const stopped = new AbortController();
	const known = new Set<string>();
	let left = limit ?? Infinity;
	let token: string | undefined;
	let isOver = false;
	let isLoop = false;

	const readPage = async (): Promise<Row[]> => {
		const { rows, next } = await fetchPage(token, stopped.signal);
		isOver = next === undefined || next === '';
		isLoop = !isOver && (known.has(next ?? '') || known.size >= MOST_PAGES);
		if (next !== undefined) known.add(next);
		token = next;
		const wanted = rows.slice(0, left);
		left -= wanted.length;
		return wanted;
	};
	return pageIterator({
		next: async () => {
			while (left > 0 && !isOver) {
				if (isLoop) throw pageLoop();
				const rows = await readPage();
				if (rows.length > 0) return rows;
			}
			return undefined;
		},
		stop: () => stopped.abort(),
	});
}
