import { ApiCalls } from '../http/api-calls';
import type { HttpClientOptions } from '../http/http-client';
import { pathPart } from '../http/url';
import { objectsIn } from '../json';
import { numberedPages } from '../paging/numbered-pages';
import type { PageIterator } from '../paging/page-iterator';
import type { JsonObject, Ports } from '../ports';
import { botPath, CHATLAYER, ChatlayerCalls, either } from './calls';
import type { ListOf, OfBot, Stoppable } from './types';

const PAGE_SIZE = 100;

/** A version of a bot. */
interface Versioned extends OfBot, Stoppable {
	/** `DRAFT`, `LIVE` or another version. */
	readonly version: string;
}

/** A conversation of a version of a bot. */
interface Session extends Versioned {
	/** `user.sessionId` of a listed conversation. */
	readonly sessionId: string;
}

/**
 * The core API of Sinch Chatlayer, as far as it was seen in use by others; it is not in the source document
 * (Chatlayer reference §10, [seen]). All throw `CHATLAYER_…`.
 */
export class ChatlayerCoreClient {
	/** Anything of the API that has no method here. */
	readonly api: ApiCalls;
	readonly #calls: ChatlayerCalls;

	constructor(ports: Ports, options: HttpClientOptions) {
		this.api = new ApiCalls(ports, CHATLAYER, options);
		this.#calls = new ChatlayerCalls(ports, options);
	}

	/** The bots that the token reaches. `GET /v1/bots`. */
	async bots({ signal }: Stoppable = {}): Promise<JsonObject[]> {
		return objectsIn(await this.#calls.list({ method: 'GET', path: '/v1/bots', effect: 'read', signal }));
	}

	/** Conversations of a bot, page by page; pages count from 1 [inferred]. */
	conversations(query: Versioned & ListOf): PageIterator<JsonObject> {
		const limit = Math.min(query.pageSize ?? PAGE_SIZE, query.limit ?? PAGE_SIZE);
		return numberedPages(async (page, left) => {
			const signal = either(query.signal, left);
			return { rows: await this.conversationPage({ ...query, page, limit, signal }) };
		}, query.limit);
	}

	/** One page of that list. `GET …/conversations?version&page&limit`. */
	async conversationPage(
		query: Versioned & { readonly page: number; readonly limit: number },
	): Promise<JsonObject[]> {
		const { version, page, limit, signal } = query;
		const rows = await this.#calls.list({
			method: 'GET',
			path: `${botPath(query.botId)}/conversations`,
			query: { version, page, limit },
			effect: 'read',
			signal,
		});
		return objectsIn(rows);
	}

	/**
	 * What was said in a conversation. `GET …/conversations/{sessionId}/messages?version&limit`.
	 * @param query `most`: messages asked for
	 */
	async transcript(query: Session & { readonly most?: number | undefined }): Promise<JsonObject[]> {
		const rows = await this.#calls.list({
			method: 'GET',
			path: `${sessionPath(query)}/messages`,
			query: { version: query.version, limit: query.most },
			effect: 'read',
			signal: query.signal,
		});
		return objectsIn(rows);
	}

	/** What the bot remembers of a conversation. `GET …/conversations/{sessionId}/session-data?version`. */
	async sessionData(query: Session): Promise<JsonObject> {
		return await this.#calls.object({
			method: 'GET',
			path: `${sessionPath(query)}/session-data`,
			query: { version: query.version },
			effect: 'read',
			signal: query.signal,
		});
	}

	/** Lets the bot forget a conversation's data. `DELETE …/session-data?version`, answered with 204. */
	async deleteSessionData(query: Session): Promise<void> {
		await this.#calls.object({
			method: 'DELETE',
			path: `${sessionPath(query)}/session-data`,
			query: { version: query.version },
			effect: 'destructive',
			signal: query.signal,
		});
	}

	/** Sends a text to a user as an agent. `POST …/conversations/{userId}/actions?version`. */
	async sendText(
		message: Versioned & { readonly userId: string; readonly text: string },
	): Promise<JsonObject> {
		const user = pathPart('userId', 'User ID', message.userId);
		return await this.#calls.object({
			method: 'POST',
			path: `${botPath(message.botId)}/conversations/${user}/actions`,
			query: { version: message.version },
			body: { sendMessages: [{ textMessageTemplate: { textMessages: [{ text: message.text }] } }] },
			effect: 'send',
			signal: message.signal,
		});
	}
}

function sessionPath({ botId, sessionId }: Session): string {
	return `${botPath(botId)}/conversations/${pathPart('sessionId', 'Session ID', sessionId)}`;
}
