import { pageIterator, type PageIterator } from './page-iterator';
import { pageLoop } from './page-loop';

/** One page of a list that is read by page number. */
export interface NumberedPage<Row> {
	readonly rows: readonly Row[];
	/** Number of the last page, where the service tells. */
	readonly pages?: number;
}

/**
 * Reads a list by page numbers from 1. Ends at the last page, at an empty page or at `limit` rows. A page
 * that failed is asked for again by the next call of `next`.
 * @param limit rows wanted in all; undefined means every row
 * @throws CONVOFLOW_PAGE_LOOP when a page is the same as the one before
 */
export function numberedPages<Row>(
	fetchPage: (page: number, signal: AbortSignal) => Promise<NumberedPage<Row>>,
	limit?: number,
): PageIterator<Row> {
	const stopped = new AbortController();
	let left = limit ?? Infinity;
	let page = 1;
	let before = '';
	let isOver = false;
	return pageIterator({
		next: async () => {
			if (isOver || left <= 0) return undefined;
			const { rows, pages } = await fetchPage(page, stopped.signal);
			if (rows.length === 0) return undefined;
			// Rows of these lists carry no id that is promised, so whole pages are compared.
			const content = JSON.stringify(rows);
			if (content === before) throw pageLoop();
			before = content;
			const wanted = rows.slice(0, left);
			left -= wanted.length;
			isOver = pages !== undefined && page >= pages;
			page += 1;
			return wanted;
		},
		stop: () => stopped.abort(),
	});
}
