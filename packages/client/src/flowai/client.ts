import { ApiCalls } from '../http/api-calls';
import type { HttpClientOptions } from '../http/http-client';
import { numberOf, objectsIn, textOf } from '../json';
import { numberedPages } from '../paging/numbered-pages';
import type { PageIterator } from '../paging/page-iterator';
import type { JsonObject, Ports } from '../ports';
import { BroadcastCalls } from './broadcast-calls';
import { eventPayload, locationPayload, mediaPayload, textPayload, uploadPayload } from './payloads';
import { ProjectCalls } from './project-calls';
import { FLOW_AI, RestCalls, resultOf, threadPart } from './rest-calls';
import { ThreadCalls } from './thread-calls';
import type {
	CallOptions,
	SendEvent,
	SendLocation,
	SendMedia,
	SendOptions,
	SendText,
	UploadMedia,
} from './types';

export { FLOW_AI } from './rest-calls';

/** The REST API of Flow.ai. Flow.ai reference §2. */
export class FlowAiClient {
	/** Threads and who speaks in them. */
	readonly threads: ThreadCalls;
	/** Broadcasts and their segments. */
	readonly broadcasts: BroadcastCalls;
	/** Business hours and events of the project. */
	readonly project: ProjectCalls;
	/** Anything of the API that has no method here. */
	readonly api: ApiCalls;
	readonly #rest: RestCalls;

	constructor(ports: Ports, options: HttpClientOptions) {
		this.#rest = new RestCalls(ports, options);
		this.api = new ApiCalls(ports, FLOW_AI, options);
		this.threads = new ThreadCalls(this.#rest);
		this.broadcasts = new BroadcastCalls(this.#rest);
		this.project = new ProjectCalls(this.#rest);
	}

	/**
	 * Sends a message into a thread. `POST messages/:threadId` (001, Sending messages). The bot's answer comes
	 * by webhook, with `sync` as the answer itself.
	 * @param payload made by one of the payload functions
	 * @throws `FLOWAI_…`, `CONVOFLOW_OUTCOME_UNKNOWN`, `CONVOFLOW_INVALID_INPUT` (threadId)
	 */
	async sendMessage(threadId: string, payload: JsonObject, options: SendOptions = {}): Promise<JsonObject> {
		const traceId = payload['traceId'];
		return await this.#rest.call({
			method: 'POST',
			path: `/messages/${threadPart(threadId)}`,
			query: { sync: options.sync || undefined, writeConcern: options.writeConcern || undefined },
			body: { payload },
			effect: 'send',
			signal: options.signal,
			...(typeof traceId === 'number' ? { traceId } : {}),
		});
	}

	/** Sends a text. 001, Text message; see `sendMessage`. */
	async sendText(message: SendText): Promise<JsonObject> {
		return await this.sendMessage(message.threadId, textPayload(message), message);
	}

	/** Sends an event. 001, Event message; see `sendMessage`. */
	async sendEvent(message: SendEvent): Promise<JsonObject> {
		return await this.sendMessage(message.threadId, eventPayload(message), message);
	}

	/** Sends a location. 001, Location message; see `sendMessage`. */
	async sendLocation(message: SendLocation): Promise<JsonObject> {
		return await this.sendMessage(message.threadId, locationPayload(message), message);
	}

	/** Sends a media file by its address. 001, Media message; see `sendMessage`. */
	async sendMedia(message: SendMedia): Promise<JsonObject> {
		return await this.sendMessage(message.threadId, mediaPayload(message), message);
	}

	/**
	 * Sends a media file as bytes: `POST messages/:threadId` as multipart with the parts `query`, a JSON text,
	 * and `file` (001, Media message, its prose; Flow.ai reference §2.3). Never repeated once bytes were sent.
	 * @throws `FLOWAI_…`, `CONVOFLOW_OUTCOME_UNKNOWN`, `CONVOFLOW_FILE_UNREADABLE`, `CONVOFLOW_INVALID_INPUT` (threadId)
	 */
	async uploadMedia(message: UploadMedia): Promise<JsonObject> {
		const { threadId, traceId } = message;
		return await this.#rest.call({
			method: 'POST',
			path: `/messages/${threadPart(threadId)}`,
			query: { sync: message.sync || undefined, writeConcern: message.writeConcern || undefined },
			multipart: [
				{ name: 'query', text: JSON.stringify({ payload: uploadPayload(message) }) },
				{ name: 'file', file: message.file },
			],
			effect: 'send',
			signal: message.signal,
			...(traceId === undefined ? {} : { traceId }),
		});
	}

	/**
	 * Reads a thread's history, 20 entries a page. `GET messages/:threadId?sync=true` (001, Thread messages).
	 * @param limit entries wanted in all; undefined means every entry
	 * @param options `events` also asks for events (later docs, Flow.ai reference §2.2 row 2)
	 */
	history(
		threadId: string,
		limit?: number,
		{ events, signal }: CallOptions & { readonly events?: boolean | undefined } = {},
	): PageIterator<JsonObject> {
		const path = `/messages/${threadPart(threadId)}`;
		return numberedPages(async (page) => {
			const query = { sync: true, page, event: events || undefined };
			const body = await this.#rest.call({ method: 'GET', path, query, effect: 'read', signal });
			const result = resultOf(body);
			const pages = numberOf(result['pages']);
			return { rows: objectsIn(result['history']), ...(pages === undefined ? {} : { pages }) };
		}, limit);
	}

	/**
	 * Asks for one page of a thread's history; it arrives at the webhook as `history`. `GET messages/:threadId`.
	 * @param options `page` counts from 1; without it the service gives the first
	 */
	async requestHistory(
		threadId: string,
		options: CallOptions & {
			readonly events?: boolean | undefined;
			readonly page?: number | undefined;
		} = {},
	): Promise<JsonObject> {
		const { events, page, signal } = options;
		return await this.#rest.call({
			method: 'GET',
			path: `/messages/${threadPart(threadId)}`,
			query: { page, event: events || undefined },
			effect: 'read',
			signal,
		});
	}

	/** Pauses the bot in a thread. `POST pause/:threadId` (001, Pause). */
	async pause(threadId: string, { signal }: CallOptions = {}): Promise<JsonObject> {
		return await this.#rest.call({
			method: 'POST',
			path: `/pause/${threadPart(threadId)}`,
			body: {},
			effect: 'idempotent',
			signal,
		});
	}

	/** Resumes the bot in a thread. `DELETE pause/:threadId` (001, Resume). */
	async resume(threadId: string, { signal }: CallOptions = {}): Promise<JsonObject> {
		return await this.#rest.call({
			method: 'DELETE',
			path: `/pause/${threadPart(threadId)}`,
			effect: 'idempotent',
			signal,
		});
	}

	/**
	 * Tells whether the bot is paused in a thread. `GET pause/:threadId?sync=true` (001, Bot status). The
	 * document spells the answer `isPaued`; both spellings are read.
	 */
	async status(
		threadId: string,
		{ signal }: CallOptions = {},
	): Promise<{ threadId: string; isPaused: boolean }> {
		const body = await this.#rest.call({
			method: 'GET',
			path: `/pause/${threadPart(threadId)}`,
			query: { sync: true },
			effect: 'read',
			signal,
		});
		const paused = body['isPaused'] ?? body['isPaued'];
		if (typeof paused !== 'boolean')
			throw this.#rest.rejected('Flow.ai did not say whether the bot is paused', body);
		return { threadId: textOf(body['threadId']) ?? threadId, isPaused: paused };
	}

	/** Asks for the bot's status; it arrives at the webhook as `isPaused`. `GET pause/:threadId`. */
	async requestStatus(threadId: string, { signal }: CallOptions = {}): Promise<JsonObject> {
		return await this.#rest.call({
			method: 'GET',
			path: `/pause/${threadPart(threadId)}`,
			effect: 'read',
			signal,
		});
	}
}
