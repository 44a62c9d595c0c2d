/** One page of a list that is read by page number. */
export interface NumberedPage<Row> {
	readonly rows: readonly Row[];
	/** Number of the last page, where the service tells. */
	readonly pages?: number;
}

/**
 * Reads a list by page numbers from 1. Ends at the last page, at an empty page or at `limit` rows.
 * @param limit rows wanted in all; undefined means every row
 */
export async function* numberedPages<Row>(
	fetchPage: (page: number) => Promise<NumberedPage<Row>>,
	limit?: number,
): AsyncGenerator<Row[], void, void> {
	let left = limit ?? Infinity;
	for (let page = 1; left > 0; page += 1) {
		const { rows, pages } = await fetchPage(page);
		if (rows.length === 0) return;
		const wanted = rows.slice(0, left);
		left -= wanted.length;
		yield wanted;
		if (pages !== undefined && page >= pages) return;
	}
}
