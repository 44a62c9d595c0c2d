import type { Query } from '../http/url';
import { defined, objectsIn, textOf } from '../json';
import type { PageIterator } from '../paging/page-iterator';
import { tokenPages } from '../paging/token-pages';
import type { JsonObject } from '../ports';
import { either, type ChatlayerCalls } from './calls';
import type { ListOf } from './types';

/** More rows are lowered to this by the service (Chatlayer reference §7). */
const MOST_ROWS = 100;

/** A list that is read by page tokens: where it is and what is asked for beside the page. */
export interface TokenList extends ListOf {
	readonly path: string;
	/** Member of the answer that holds the rows. */
	readonly member: string;
	/** Sent in the query. */
	readonly query?: Query;
	/** Sent as the body instead: then it is a POST that changes nothing. */
	readonly body?: JsonObject;
}

/**
 * Reads a list by page tokens; all else is asked for unchanged from page to page (Chatlayer reference §7).
 * @throws `CHATLAYER_…`, `CONVOFLOW_PAGE_LOOP`
 */
export function tokenList(calls: ChatlayerCalls, list: TokenList): PageIterator<JsonObject> {
	const { path, member, query, body, limit, signal } = list;
	const page_size = Math.min(MOST_ROWS, list.pageSize ?? MOST_ROWS, limit ?? MOST_ROWS);
	return tokenPages(async (page_token, left) => {
		const answer = await calls.object({
			path,
			effect: 'read',
			signal: either(signal, left),
			...(body
				? { method: 'POST', body: { ...body, ...defined({ page_size, page_token }) } }
				: { method: 'GET', query: { ...query, page_size, page_token } }),
		});
		return { rows: objectsIn(answer[member]), next: textOf(answer['next_page_token']) };
	}, limit);
}
