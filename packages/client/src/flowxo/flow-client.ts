import type { HttpClientOptions } from '../http/http-client';
import type { JsonObject, JsonValue, Ports } from '../ports';
import { RestCalls } from './rest-calls';
import type { Stoppable } from './types';

/** Shorter parts of an address would tear ordinary words apart; `hooks` is none of the secret. */
const SHORTEST = 6;

/**
 * One flow that is started by its webhook. The address is the secret (Flow XO reference §8), so no part of its
 * path reaches an error.
 */
export class FlowXoFlowClient {
	readonly #rest: RestCalls;

	/** @param options `baseUrl` is the whole address of the webhook */
	constructor(ports: Ports, options: HttpClientOptions) {
		const encoded = new URL(options.baseUrl).pathname.split('/').filter((part) => part.length >= SHORTEST);
		const parts = encoded.flatMap((part) => [part, decoded(part)]);
		const redact = (text: string): string =>
			parts.reduce((words, part) => words.replaceAll(part, '[secret]'), ports.redact(text));
		this.#rest = new RestCalls({ ...ports, redact }, options);
	}

	/**
	 * Starts the flow. `POST` of a JSON object to the webhook's address; any good status will do.
	 * @returns what came, unchanged; null for an empty answer
	 * @throws `FLOWXO_…`, `CONVOFLOW_OUTCOME_UNKNOWN`, `CONVOFLOW_ABORTED`
	 */
	async start(data: JsonObject, { signal }: Stoppable = {}): Promise<JsonValue> {
		return await this.#rest.anything({ method: 'POST', path: '', body: data, effect: 'send', signal });
	}
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
