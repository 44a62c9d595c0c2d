import type { ConvoflowError, ServiceName } from '../errors';
import { HttpClient, type Call, type HttpClientOptions } from '../http/http-client';
import { rejectedError } from '../http/service-error';
import { pathPart } from '../http/url';
import { defined, isObject, numberOf, objectsIn, textOf } from '../json';
import { numberedPages } from '../paging/numbered-pages';
import type { JsonObject, JsonValue, Ports } from '../ports';
import type { SendText } from './types';

/** How errors name the service. */
export const FLOW_AI: ServiceName = { code: 'FLOWAI', label: 'Flow.ai' };

/** What every call may be given. */
export interface CallOptions {
	readonly signal?: AbortSignal | undefined;
}

/** The REST API of Flow.ai. Flow.ai reference §2. */
export class FlowAiClient {
	readonly #http: HttpClient;
	readonly #redact: (text: string) => string;

	constructor(ports: Ports, options: HttpClientOptions) {
		this.#http = new HttpClient(ports, FLOW_AI, options);
		this.#redact = (text) => ports.redact(text);
	}

	/**
	 * Sends a text into a thread. `POST messages/:threadId` (001, Text message). The bot's answer comes by
	 * webhook.
	 * @throws `FLOWAI_…`, `CONVOFLOW_OUTCOME_UNKNOWN`, `CONVOFLOW_INVALID_INPUT` (threadId)
	 */
	async sendText(message: SendText): Promise<JsonObject> {
		const { originator } = message;
		return await this.#call({
			method: 'POST',
			path: `/rest/v1/messages/${thread(message.threadId)}`,
			body: {
				payload: defined({
					type: 'text',
					traceId: message.traceId,
					speech: message.speech,
					lang: message.language,
					timezone: message.timezone,
					params: message.params,
					originator: defined({ ...originator }),
				}),
			},
			effect: 'send',
			signal: message.signal,
			...(message.traceId === undefined ? {} : { traceId: message.traceId }),
		});
	}

	/**
	 * Reads a thread's history, 20 entries a page. `GET messages/:threadId?sync=true` (001, Thread messages).
	 * @param limit entries wanted in all; undefined means every entry
	 */
	history(
		threadId: string,
		limit?: number,
		{ signal }: CallOptions = {},
	): AsyncGenerator<JsonObject[], void, void> {
		const path = `/rest/v1/messages/${thread(threadId)}`;
		return numberedPages(async (page) => {
			const body = await this.#call({
				method: 'GET',
				path,
				query: { sync: true, page },
				effect: 'read',
				signal,
			});
			const result = isObject(body['result']) ? body['result'] : body;
			const pages = numberOf(result['pages']);
			return { rows: objectsIn(result['history']), ...(pages === undefined ? {} : { pages }) };
		}, limit);
	}

	/** Asks for a thread's history; it arrives at the webhook as `history`. `GET messages/:threadId`. */
	async requestHistory(threadId: string, { signal }: CallOptions = {}): Promise<JsonObject> {
		return await this.#call({
			method: 'GET',
			path: `/rest/v1/messages/${thread(threadId)}`,
			effect: 'read',
			signal,
		});
	}

	/** Pauses the bot in a thread. `POST pause/:threadId` (001, Pause). */
	async pause(threadId: string, { signal }: CallOptions = {}): Promise<JsonObject> {
		return await this.#call({
			method: 'POST',
			path: `/rest/v1/pause/${thread(threadId)}`,
			body: {},
			effect: 'idempotent',
			signal,
		});
	}

	/** Resumes the bot in a thread. `DELETE pause/:threadId` (001, Resume). */
	async resume(threadId: string, { signal }: CallOptions = {}): Promise<JsonObject> {
		return await this.#call({
			method: 'DELETE',
			path: `/rest/v1/pause/${thread(threadId)}`,
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
		const body = await this.#call({
			method: 'GET',
			path: `/rest/v1/pause/${thread(threadId)}`,
			query: { sync: true },
			effect: 'read',
			signal,
		});
		const paused = body['isPaused'] ?? body['isPaued'];
		if (typeof paused !== 'boolean')
			throw this.#rejected('Flow.ai did not say whether the bot is paused', body);
		return { threadId: textOf(body['threadId']) ?? threadId, isPaused: paused };
	}

	/** Asks for the bot's status; it arrives at the webhook as `isPaused`. `GET pause/:threadId`. */
	async requestStatus(threadId: string, { signal }: CallOptions = {}): Promise<JsonObject> {
		return await this.#call({
			method: 'GET',
			path: `/rest/v1/pause/${thread(threadId)}`,
			effect: 'read',
			signal,
		});
	}

	/** Every answer of this API says `status`; anything but `ok` is a refusal (Flow.ai reference §2.6, [inferred]). */
	async #call(call: Call): Promise<JsonObject> {
		const body = await this.#http.json(call);
		if (!isObject(body)) throw this.#rejected('Flow.ai sent an answer of an unknown form', body ?? null);
		const status = body['status'];
		if (status !== 'ok') {
			const payload = isObject(body['payload']) ? body['payload'] : {};
			const words = textOf(body['message']) ?? textOf(body['error']) ?? textOf(payload['message']);
			throw this.#rejected(`Flow.ai refused this${words ? `: ${words}` : ''}`, body);
		}
		return body;
	}

	#rejected(message: string, body: JsonValue): ConvoflowError {
		const advice = 'Check the fields, and that the base URL in the credential leads to Flow.ai.';
		return rejectedError(FLOW_AI, message, advice, body, this.#redact);
	}
}

function thread(threadId: string): string {
	return pathPart('threadId', 'Thread', threadId);
}
