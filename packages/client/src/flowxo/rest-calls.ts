import { isConvoflowError, type ConvoflowError, type ServiceName } from '../errors';
import { HttpClient, type Call, type HttpClientOptions } from '../http/http-client';
import { rejectedError } from '../http/service-error';
import { isObject, textOf } from '../json';
import type { JsonValue, Ports } from '../ports';

/** How errors name the service. */
export const FLOW_XO: ServiceName = { code: 'FLOWXO', label: 'Flow XO' };

/** Calls of Flow XO, and the words for answers that hold something else than they should. */
export class RestCalls {
	readonly #http: HttpClient;
	readonly #redact: (text: string) => string;

	constructor(ports: Ports, options: HttpClientOptions) {
		this.#http = new HttpClient(ports, FLOW_XO, options);
		this.#redact = (text) => ports.redact(text);
	}

	/** Makes one call. Throws `FLOWXO_…`, `CONVOFLOW_OUTCOME_UNKNOWN`, `CONVOFLOW_ABORTED`. */
	async json(call: Call): Promise<JsonValue | undefined> {
		return await this.#http.json(call);
	}

	/** The same for an answer that is read later; see `HttpClient.later`. */
	async later(call: Call): Promise<() => JsonValue | undefined> {
		return await this.#http.later(call);
	}

	/**
	 * Makes a call whose answer is unknown: any answer with a good status will do, an empty one is null and
	 * words are text (Flow XO reference §6, §8). A web page is none, since a sign-in page may have answered.
	 */
	async anything(call: Call): Promise<JsonValue> {
		try {
			const body = (await this.#http.json(call)) ?? null;
			// Some refusals come with a good status.
			if (isObject(body) && (body['status'] === 'error' || textOf(body['error']) !== undefined))
				throw this.rejected('a refusal', body);
			return body;
		} catch (error) {
			const words = isConvoflowError(error) && error.code === 'FLOWXO_NOT_JSON' ? error.body : undefined;
			if (words === undefined || words.trimStart().startsWith('<')) throw asItIs(error);
			return words;
		}
	}

	/** The error for an answer without what it should hold. Code `FLOWXO_REJECTED`. */
	rejected(missing: string, body: JsonValue): ConvoflowError {
		const words = isObject(body) ? (textOf(body['message']) ?? textOf(body['error'])) : undefined;
		const message = words ? `Flow XO refused this: ${words}` : `Flow XO sent an answer that holds ${missing}`;
		const advice =
			'Check that the base URL in the credential leads to Flow XO, usually https://flowxo.com/api';
		return rejectedError(FLOW_XO, message, advice, body, this.#redact);
	}
}

function asItIs(error: unknown): unknown {
	return error;
}
