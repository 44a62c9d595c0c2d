import type { FastifyRequest } from 'fastify';
import { listFaults, pageRows } from '../faults/lists';
import { badRequest } from '../http/errors';
import { integer, text } from '../http/params';
import { asObject, type JsonObject } from '../json';

/** Larger pages are lowered to this without telling (Chatlayer reference §7). */
const MAX_PAGE = 100;
const DEFAULT_PAGE = 20;

const encode = (value: string): string => Buffer.from(value).toString('base64url');
const decode = (token: string): string => Buffer.from(token, 'base64url').toString('utf8');

/** The wanted part of a list with page tokens, and the token to go on with. */
export interface TokenPage {
	skip: number;
	limit: number;
	/** Shapes the rows after faults, and gives the token. */
	finish: <T>(rows: T[], more: boolean) => { rows: T[]; next_page_token: string };
}

/**
 * Reads `page_size` and `page_token` (Chatlayer reference §7).
 * @throws HttpError 400 for a token that was never given out
 */
export function pageByToken(request: FastifyRequest, source: unknown = request.query): TokenPage {
	const fault = listFaults(request);
	const size = asObject(source)['page_size'];
	const limit =
		typeof size === 'number'
			? Math.min(Math.max(1, Math.floor(size)), MAX_PAGE)
			: integer(source, 'page_size', DEFAULT_PAGE, 1, MAX_PAGE);
	const token = text(source, 'page_token');
	const skip = token === undefined ? 0 : Number(/^from:(\d+)(:empty\d*)?$/.exec(decode(token))?.[1] ?? NaN);
	if (Number.isNaN(skip)) throw badRequest('page_token was not given out by this list');
	const size2 = Math.min(limit, fault.maxLimit ?? limit);
	return {
		skip: fault.ignoreSkip === true ? 0 : skip,
		limit: fault.empty === true ? 0 : size2,
		finish: (rows, more) => {
			// An empty page in between has a token of its own, though it leads to the same place.
			const place = `from:${skip + rows.length}`;
			const following =
				fault.empty === true ? encode(`${place}:empty${Date.now()}`) : more ? encode(place) : '';
			return {
				rows: pageRows(rows, fault),
				next_page_token: fault.repeatToken === true ? (token ?? following) : following,
			};
		},
	};
}

/** Pages a whole list by tokens. */
export function tokenPage<T>(
	request: FastifyRequest,
	all: T[],
	source?: unknown,
): { rows: T[]; next_page_token: string } {
	const page = pageByToken(request, source);
	const rows = all.slice(page.skip, page.skip + page.limit);
	return page.finish(rows, page.skip + rows.length < all.length);
}

/** Pages by cursors, forward with `first` and `after`, backward with `last` and `before` (Chatlayer reference §7). */
export function pageByCursor<T>(
	all: T[],
	request: FastifyRequest,
	nameOf: (row: T) => string,
): { page: T[]; pagination: JsonObject } {
	const query = request.query;
	const fault = listFaults(request);
	const find = (name: string): number | undefined => {
		const cursor = text(query, name);
		if (cursor === undefined) return undefined;
		const index = all.findIndex((row) => nameOf(row) === decode(cursor));
		if (index < 0) throw badRequest(`${name} was not given out by this list`);
		return index;
	};
	const [after, before] = [find('after'), find('before')];
	const last = integer(query, 'last', 0, 0, MAX_PAGE);
	const first = integer(query, 'first', last > 0 ? 0 : all.length, 0, 1e9);
	const from = (after ?? -1) + 1;
	const to = before ?? all.length;
	let page: T[];
	let hasMore: boolean;
	if (last > 0) {
		page = all.slice(Math.max(from, to - last), to);
		hasMore = to - last > from;
	} else {
		page = all.slice(from, Math.min(to, from + Math.min(first, fault.maxLimit ?? first)));
		hasMore = from + page.length < to;
	}
	page = pageRows(page, fault);
	const cursor = (row: T | undefined): string => (row === undefined ? '' : encode(nameOf(row)));
	const sent = text(query, 'after') ?? text(query, 'before');
	const repeat =
		fault.repeatToken === true && sent !== undefined ? { start_cursor: sent, end_cursor: sent } : {};
	return {
		page,
		pagination: {
			start_cursor: cursor(page[0]),
			end_cursor: cursor(page.at(-1)),
			has_more: hasMore,
			...repeat,
		},
	};
}
