import type { ServiceName } from '../errors';
import { HttpClient, type HttpClientOptions } from '../http/http-client';
import { isObject, numberOf, objectsIn, textOf } from '../json';
import { offsetPages } from '../paging/offset-pages';
import type { Ports } from '../ports';
import type { FlowXoConversation, ListConversations } from './types';

/** How errors name the service. */
export const FLOW_XO: ServiceName = { code: 'FLOWXO', label: 'Flow XO' };

const PAGE_SIZE = 100;

/** The HTTP API of Flow XO. Flow XO reference §2. */
export class FlowXoClient {
	readonly #http: HttpClient;

	constructor(ports: Ports, options: HttpClientOptions) {
		this.#http = new HttpClient(ports, FLOW_XO, options);
	}

	/**
	 * Lists conversations page by page, each once. `GET /conversations` (000, Listing Conversations).
	 * @throws `FLOWXO_…`, `CONVOFLOW_PAGE_LOOP`, `CONVOFLOW_ABORTED`
	 */
	listConversations(options: ListConversations = {}): AsyncGenerator<FlowXoConversation[], void, void> {
		return offsetPages({
			pageSize: options.pageSize ?? PAGE_SIZE,
			limit: options.limit,
			idOf: (row) => textOf(row['id']),
			fetchPage: async (skip, limit) => {
				const body = await this.#http.json({
					method: 'GET',
					path: '/conversations',
					query: { skip, limit, start: options.start, end: options.end },
					effect: 'read',
					signal: options.signal,
				});
				// The source document wraps one list and not the other, so both forms are read.
				if (!isObject(body)) return { rows: objectsIn(body) };
				const total = numberOf(body['total']);
				return { rows: objectsIn(body['conversations']), ...(total === undefined ? {} : { total }) };
			},
		});
	}
}
