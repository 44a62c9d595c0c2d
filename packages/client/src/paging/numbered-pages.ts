import { pageLoop } from './page-loop';

/** One page of a list that is read by page number. */
export interface NumberedPage<Row> {
	readonly rows: readonly Row[];
	/** Number of the last page, where the service tells. */
	readonly pages?: number;
}

/**
 * Reads a list by page numbers from 1. Ends at the last page, at an empty page or at `limit` rows.
 * @param limit rows wanted in all; undefined means every row
 * @throws CONVOFLOW_PAGE_LOOP when a page is the same as the one before
 */
export async function* numberedPages<Row>(
	fetchPage: (page: number) => Promise<NumberedPage<Row>>,
	limit?: number,
): AsyncGenerator<Row[], void, void> {
	let left = limit ?? Infinity;
	let before = '';
	for (let page = 1; left > 0; page += 1) {
		const { rows, pages } = await fetchPage(page);
		if (rows.length === 0) return;
		// Rows of these lists carry no id that is promised, so whole pages are compared.
		const content = JSON.stringify(rows);
		if (content === before) throw pageLoop();
		before = content;
		const wanted = rows.slice(0, left);
		left -= wanted.length;
		yield wanted;
		if (pages !== undefined && page >= pages) return;
	}
}
