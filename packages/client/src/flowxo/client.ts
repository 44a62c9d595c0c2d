import { ApiCalls } from '../http/api-calls';
import type { HttpClientOptions } from '../http/http-client';
import { eitherSignal } from '../http/signals';
import type { Query } from '../http/url';
import { isObject, numberOf, objectsIn, textOf } from '../json';
import { backwardPages } from '../paging/backward-pages';
import { offsetPages, type OffsetPage } from '../paging/offset-pages';
import type { PageIterator } from '../paging/page-iterator';
import type { JsonObject, JsonValue, Ports } from '../ports';
import { AccountCalls } from './account-calls';
import { conversationPart, rawConversationId } from './conversation-id';
import { readConversation, withParsedCustom } from './messages';
import { FLOW_XO, RestCalls } from './rest-calls';
import type { FlowXoConversation, ListConversations, ListOptions, OutgoingMessage } from './types';

const PAGE_SIZE = 100;

/** What a list holds: the member that wraps it, and how a row is read. */
interface Content {
	readonly member: string;
	readonly read: (row: JsonObject) => JsonObject;
}

const CONVERSATIONS: Content = { member: 'conversations', read: readConversation };
const MESSAGES: Content = { member: 'messages', read: withParsedCustom };

const idOf = (row: JsonObject): string | undefined => textOf(row['id']);
const messagesPath = (id: string): string => `/conversations/${conversationPart(id)}/messages`;

type Range = Pick<ListConversations, 'start' | 'end' | 'signal'>;

/** The HTTP API of Flow XO. Flow XO reference §2. */
export class FlowXoClient {
	/** Analytics and flows. */
	readonly account: AccountCalls;
	/** Anything of the API that has no method here. */
	readonly api: ApiCalls;
	readonly #rest: RestCalls;
	readonly #log: Ports['log'];

	constructor(ports: Ports, options: HttpClientOptions) {
		this.#rest = new RestCalls(ports, options);
		this.api = new ApiCalls(ports, FLOW_XO, options);
		this.#log = (level, message) => ports.log(level, message);
		this.account = new AccountCalls(this.#rest);
	}

	/**
	 * Lists conversations page by page, each once. `GET /conversations` (000, Listing Conversations).
	 * @throws `FLOWXO_…` (`FLOWXO_REJECTED` for an answer that holds no list), `CONVOFLOW_PAGE_LOOP`,
	 * `CONVOFLOW_ABORTED`
	 */
	listConversations({ start, end, ...options }: ListConversations = {}): PageIterator<FlowXoConversation> {
		return this.#list('/conversations', CONVERSATIONS, { start, end }, options);
	}

	/** Reads one page of that list as it comes: at most `limit` conversations from `skip` on. */
	async conversationPage(
		skip: number,
		limit: number,
		{ start, end, signal }: Range = {},
	): Promise<OffsetPage<FlowXoConversation>> {
		return await this.#fetchPage('/conversations', CONVERSATIONS, { skip, limit, start, end }, signal);
	}

	/**
	 * Counts conversations without reading them: the `total` of a page of one (000, Pagination).
	 * @throws `FLOWXO_…`; `FLOWXO_REJECTED` when the answer holds no total
	 */
	async countConversations({ start, end, signal }: Range): Promise<number> {
		const body = await this.#rest.json({
			method: 'GET',
			path: '/conversations',
			query: { skip: 0, limit: 1, start, end },
			effect: 'read',
			signal,
		});
		const total = isObject(body) ? numberOf(body['total']) : undefined;
		if (total === undefined) throw this.#rest.rejected('no total', body ?? null);
		return total;
	}

	/**
	 * Reads one conversation. `GET /conversations/{id}` (000, Listing a single conversation).
	 * @param id any form of the id: raw, or encoded once or twice
	 * @throws `FLOWXO_…`, `CONVOFLOW_INVALID_INPUT` (conversationId)
	 */
	async getConversation(id: string, signal?: AbortSignal): Promise<FlowXoConversation> {
		const path = `/conversations/${conversationPart(id)}`;
		const body = await this.#rest.json({ method: 'GET', path, effect: 'read', signal });
		if (!isObject(body)) throw this.#rest.rejected('no conversation', body ?? null);
		return readConversation(body);
	}

	/**
	 * Lists the messages of a conversation page by page, each once. `GET /conversations/{id}/messages` (000,
	 * Listing messages of a conversation). There is no total, so the list ends where no further row comes.
	 * @throws `FLOWXO_…`, `CONVOFLOW_PAGE_LOOP`, `CONVOFLOW_INVALID_INPUT` (conversationId)
	 */
	listMessages(id: string, options: ListOptions = {}): PageIterator<JsonObject> {
		return this.#list(messagesPath(id), MESSAGES, {}, options);
	}

	/**
	 * Reads the messages of a conversation from the oldest one on, page by page and in bounded memory. The list
	 * seems to begin with the newest ([inferred], Flow XO reference §4); one that begins with the oldest is seen
	 * by its times and read as it comes.
	 * @throws `FLOWXO_…`, `CONVOFLOW_INVALID_INPUT` (conversationId)
	 */
	async *messagesOldestFirst(
		id: string,
		options: Pick<ListOptions, 'pageSize' | 'signal' | 'warn'> = {},
	): AsyncGenerator<JsonObject[], void, void> {
		const path = messagesPath(id);
		const { pageSize = PAGE_SIZE, signal } = options;
		const fetchRows = async (skip: number, limit: number): Promise<readonly JsonObject[]> =>
			(await this.#fetchPage(path, MESSAGES, { skip, limit }, signal)).rows;
		const head = await fetchRows(0, pageSize);
		const [first, last] = [head[0], head.at(-1)].map((row) => Date.parse(textOf(row?.['timestamp']) ?? ''));
		if (Number(first) < Number(last)) yield* this.listMessages(id, options);
		else yield* backwardPages({ fetchRows, idOf, pageSize, head, warn: this.#warn(options) });
	}

	/**
	 * Sends a message to a conversation. `POST /end_users/messages` (Flow XO reference §6).
	 * @returns what came, unchanged; null for an empty answer
	 * @throws `FLOWXO_…`, `CONVOFLOW_OUTCOME_UNKNOWN`, `CONVOFLOW_INVALID_INPUT` (conversationId)
	 */
	async sendMessage({ conversationId, type, message, signal }: OutgoingMessage): Promise<JsonValue> {
		// Refuses what is no id before anything is sent.
		conversationPart(conversationId);
		return await this.#rest.anything({
			method: 'POST',
			path: '/end_users/messages',
			body: { response_path: rawConversationId(conversationId), type, message },
			effect: 'send',
			signal,
		});
	}

	#list(path: string, content: Content, query: Query, options: ListOptions): PageIterator<JsonObject> {
		const { pageSize = PAGE_SIZE, pagesAtOnce, skip, limit, signal } = options;
		return offsetPages({
			pageSize,
			pagesAtOnce,
			skip,
			limit,
			idOf,
			warn: this.#warn(options),
			fetchPage: async (from, most, left) => {
				const read = await this.#rest.later({
					method: 'GET',
					path,
					query: { skip: from, limit: most, ...query },
					effect: 'read',
					signal: eitherSignal(signal, left),
				});
				return () => this.#page(read(), content);
			},
		});
	}

	#warn({ warn }: ListOptions): (message: string) => void {
		return warn ?? ((message) => this.#log('warn', message));
	}

	async #fetchPage(
		path: string,
		content: Content,
		query: Query,
		signal: AbortSignal | undefined,
	): Promise<OffsetPage<JsonObject>> {
		return this.#page(await this.#rest.json({ method: 'GET', path, query, effect: 'read', signal }), content);
	}

	/** The source document wraps one list and not the other, so both forms are read. An empty answer is an empty list. */
	#page(body: JsonValue | undefined, { member, read }: Content): OffsetPage<JsonObject> {
		const list = isObject(body) ? body[member] : body;
		const total = isObject(body) ? numberOf(body['total']) : undefined;
		const isEmpty = body === undefined || body === null || total === 0;
		if (!Array.isArray(list) && !isEmpty) throw this.#rest.rejected('no list', body);
		return { rows: objectsIn(list).map(read), ...(total === undefined ? {} : { total }) };
	}
}
