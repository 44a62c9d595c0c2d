import type { ConvoflowError, ServiceName } from '../errors';
import { HttpClient, type HttpClientOptions } from '../http/http-client';
import { rejectedError } from '../http/service-error';
import type { Query } from '../http/url';
import { isObject, numberOf, objectsIn, textOf } from '../json';
import { offsetPages, type OffsetPage } from '../paging/offset-pages';
import type { PageIterator } from '../paging/page-iterator';
import type { JsonObject, JsonValue, Ports } from '../ports';
import { conversationPart } from './conversation-id';
import type { FlowXoConversation, ListConversations, ListOptions } from './types';

/** How errors name the service. */
export const FLOW_XO: ServiceName = { code: 'FLOWXO', label: 'Flow XO' };

const PAGE_SIZE = 100;

/** The HTTP API of Flow XO. Flow XO reference §2. */
export class FlowXoClient {
	readonly #http: HttpClient;
	readonly #redact: (text: string) => string;
	readonly #log: Ports['log'];

	constructor(ports: Ports, options: HttpClientOptions) {
		this.#http = new HttpClient(ports, FLOW_XO, options);
		this.#redact = (text) => ports.redact(text);
		this.#log = (level, message) => ports.log(level, message);
	}

	/**
	 * Lists conversations page by page, each once. `GET /conversations` (000, Listing Conversations).
	 * @throws `FLOWXO_…` (`FLOWXO_REJECTED` for an answer that holds no list), `CONVOFLOW_PAGE_LOOP`,
	 * `CONVOFLOW_ABORTED`
	 */
	listConversations({ start, end, ...options }: ListConversations = {}): PageIterator<FlowXoConversation> {
		return this.#list('/conversations', 'conversations', { start, end }, options);
	}

	/** Reads one page of that list as it comes: at most `limit` conversations from `skip` on. */
	async conversationPage(
		skip: number,
		limit: number,
		{ start, end, signal }: Pick<ListConversations, 'start' | 'end' | 'signal'> = {},
	): Promise<OffsetPage<FlowXoConversation>> {
		const body = await this.#http.json({
			method: 'GET',
			path: '/conversations',
			query: { skip, limit, start, end },
			effect: 'read',
			signal,
		});
		return this.#page(body, 'conversations');
	}

	/**
	 * Counts conversations without reading them: the `total` of a page of one (000, Pagination).
	 * @throws `FLOWXO_…`; `FLOWXO_REJECTED` when the answer holds no total
	 */
	async countConversations({
		start,
		end,
		signal,
	}: Pick<ListConversations, 'start' | 'end' | 'signal'>): Promise<number> {
		const body = await this.#http.json({
			method: 'GET',
			path: '/conversations',
			query: { skip: 0, limit: 1, start, end },
			effect: 'read',
			signal,
		});
		const total = isObject(body) ? numberOf(body['total']) : undefined;
		if (total === undefined) throw this.#rejected('no total', body ?? null);
		return total;
	}

	/**
	 * Reads one conversation. `GET /conversations/{id}` (000, Listing a single conversation).
	 * @param id any form of the id: raw, or encoded once or twice
	 * @throws `FLOWXO_…`, `CONVOFLOW_INVALID_INPUT` (conversationId)
	 */
	async getConversation(id: string, signal?: AbortSignal): Promise<FlowXoConversation> {
		const path = `/conversations/${conversationPart(id)}`;
		const body = await this.#http.json({ method: 'GET', path, effect: 'read', signal });
		if (!isObject(body)) throw this.#rejected('no conversation', body ?? null);
		return body;
	}

	/**
	 * Lists the messages of a conversation page by page, each once. `GET /conversations/{id}/messages` (000,
	 * Listing messages of a conversation). There is no total, so the list ends where no further row comes.
	 * @throws `FLOWXO_…`, `CONVOFLOW_PAGE_LOOP`, `CONVOFLOW_INVALID_INPUT` (conversationId)
	 */
	listMessages(id: string, options: ListOptions = {}): PageIterator<JsonObject> {
		return this.#list(`/conversations/${conversationPart(id)}/messages`, 'messages', {}, options);
	}

	#list(path: string, member: string, query: Query, options: ListOptions): PageIterator<JsonObject> {
		const { pageSize = PAGE_SIZE, pagesAtOnce, skip, limit, signal } = options;
		return offsetPages({
			pageSize,
			pagesAtOnce,
			skip,
			limit,
			idOf: (row) => textOf(row['id']),
			warn: (message) => (options.warn ? options.warn(message) : this.#log('warn', message)),
			fetchPage: async (from, most, left) => {
				const body = await this.#http.json({
					method: 'GET',
					path,
					query: { skip: from, limit: most, ...query },
					effect: 'read',
					signal: signal ? AbortSignal.any([signal, left]) : left,
				});
				return this.#page(body, member);
			},
		});
	}

	/** The source document wraps one list and not the other, so both forms are read. An empty answer is an empty list. */
	#page(body: JsonValue | undefined, member: string): OffsetPage<JsonObject> {
		const list = isObject(body) ? body[member] : body;
		const total = isObject(body) ? numberOf(body['total']) : undefined;
		const isEmpty = body === undefined || body === null || total === 0;
		if (!Array.isArray(list) && !isEmpty) throw this.#rejected('no list', body);
		return { rows: objectsIn(list), ...(total === undefined ? {} : { total }) };
	}

	#rejected(missing: string, body: JsonValue): ConvoflowError {
		const words = isObject(body) ? (textOf(body['message']) ?? textOf(body['error'])) : undefined;
		const message = words ? `Flow XO refused this: ${words}` : `Flow XO sent an answer that holds ${missing}`;
		const advice =
			'Check that the base URL in the credential leads to Flow XO, usually https://flowxo.com/api';
		return rejectedError(FLOW_XO, message, advice, body, this.#redact);
	}
}
