import { numberOf, textOf } from '../json';
import { numberedPages, type NumberedPage } from '../paging/numbered-pages';
import type { PageIterator } from '../paging/page-iterator';
import type { JsonObject } from '../ports';
import { resultOf, threadPart, type RestCalls } from './rest-calls';
import type { CallOptions } from './types';

/** Threads and who speaks in them: the later calls of Flow.ai reference §2.2, rows 7 to 11. */
export class ThreadCalls {
	readonly #rest: RestCalls;

	constructor(rest: RestCalls) {
		this.#rest = rest;
	}

	/** Makes the id of a new thread. `POST messages` (Flow.ai reference §2.2 row 7). Throws FLOWAI_REJECTED. */
	async generateId({ signal }: CallOptions = {}): Promise<string> {
		// Repeating it only leaves an id unused.
		const body = await this.#rest.call({ method: 'POST', path: '/messages', effect: 'idempotent', signal });
		const threadId = textOf(body['threadId']);
		if (threadId === undefined) throw this.#rest.rejected('Flow.ai sent no thread ID', body);
		return threadId;
	}

	/**
	 * Lists the ids of threads, 20 a page. `GET threads?sync=true&page=` (Flow.ai reference §2.2 row 8); `page`
	 * is always sent, since the docs do not agree whether it is required (§9).
	 */
	list(options: CallOptions = {}): PageIterator<string> {
		return numberedPages(async (page) => await this.listPage(page, options));
	}

	/** Reads one page of that list, from 1. */
	async listPage(page: number, { signal }: CallOptions = {}): Promise<NumberedPage<string>> {
		const body = await this.#rest.call({
			method: 'GET',
			path: '/threads',
			query: { sync: true, page },
			effect: 'read',
			signal,
		});
		const { threads, pages: last } = resultOf(body);
		const rows = (Array.isArray(threads) ? threads : []).filter((id) => typeof id === 'string');
		const pages = numberOf(last);
		return { rows, ...(pages === undefined ? {} : { pages }) };
	}

	/** Asks for one page of threads; it arrives at the webhook as `threads`. `GET threads?page=`. */
	async requestList(page: number, { signal }: CallOptions = {}): Promise<JsonObject> {
		return await this.#rest.call({
			method: 'GET',
			path: '/threads',
			query: { page },
			effect: 'read',
			signal,
		});
	}

	/**
	 * Hands a thread over to people: the bot is paused. `POST handover/:threadId` (Flow.ai reference §2.2 row 9).
	 * @param secondsToPause how long; undefined means as set in the project
	 */
	async handover(
		threadId: string,
		secondsToPause: number | undefined,
		{ signal }: CallOptions = {},
	): Promise<JsonObject> {
		return await this.#rest.call({
			method: 'POST',
			path: `/handover/${threadPart(threadId)}`,
			body: secondsToPause === undefined ? {} : { secondsToPause },
			effect: 'idempotent',
			signal,
		});
	}

	/** Takes a thread over. `POST takeover/:threadId` (Flow.ai reference §2.2 row 10), deprecated for `handover`. */
	async takeover(threadId: string, { signal }: CallOptions = {}): Promise<JsonObject> {
		return await this.#rest.call({
			method: 'POST',
			path: `/takeover/${threadPart(threadId)}`,
			body: {},
			effect: 'idempotent',
			signal,
		});
	}

	/**
	 * Ends a handover. `POST resolve/:threadId` (Flow.ai reference §2.2 row 11). It cannot be undone, so it is
	 * not repeated blindly: a colleague may have taken the thread over again in between.
	 */
	async resolve(threadId: string, { signal }: CallOptions = {}): Promise<JsonObject> {
		return await this.#rest.call({
			method: 'POST',
			path: `/resolve/${threadPart(threadId)}`,
			effect: 'destructive',
			signal,
		});
	}
}
