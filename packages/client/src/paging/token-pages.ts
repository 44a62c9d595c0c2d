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
 * §7); nor is a page asked for beyond `limit` rows.
 * @param limit rows wanted in all; undefined means every row
 * @throws CONVOFLOW_PAGE_LOOP when a token comes again, after the rows of its page
 */
export async function* tokenPages<Row>(
	fetchPage: (token: string | undefined) => Promise<TokenPage<Row>>,
	limit?: number,
): AsyncGenerator<Row[], void, void> {
	const known = new Set<string>();
	let left = limit ?? Infinity;
	let token: string | undefined;
	while (left > 0) {
		const { rows, next } = await fetchPage(token);
		const wanted = rows.slice(0, left);
		left -= wanted.length;
		if (wanted.length > 0) yield wanted;
		if (next === undefined || next === '') return;
		if (left > 0 && (known.has(next) || known.size >= MOST_PAGES)) throw pageLoop();
		known.add(next);
		token = next;
	}
}
