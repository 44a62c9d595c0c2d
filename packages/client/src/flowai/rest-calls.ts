import type { ConvoflowError, ServiceName } from '../errors';
import { HttpClient, type Call, type HttpClientOptions } from '../http/http-client';
import { outcomeUnknown, rejectedError } from '../http/service-error';
import { pathPart } from '../http/url';
import { isObject, textOf } from '../json';
import type { JsonObject, JsonValue, Ports } from '../ports';

/** How errors name the service. */
export const FLOW_AI: ServiceName = { code: 'FLOWAI', label: 'Flow.ai' };

/** The thread as a part of a path. Throws CONVOFLOW_INVALID_INPUT (threadId). */
export function threadPart(threadId: string): string {
	return pathPart('threadId', 'Thread', threadId);
}

/** Calls of the REST API: what all of them have in common. */
export class RestCalls {
	readonly #http: HttpClient;
	readonly #redact: (text: string) => string;

	constructor(ports: Ports, options: HttpClientOptions) {
		this.#http = new HttpClient(ports, FLOW_AI, options);
		this.#redact = (text) => ports.redact(text);
	}

	/**
	 * Makes one call below `/rest/v1`. Every answer of this API says `status`; anything but `ok` is a refusal
	 * (Flow.ai reference §2.6, [inferred]). A send whose answer says nothing may have arrived all the same.
	 * @param call its path is the part after `/rest/v1`
	 * @throws `FLOWAI_REJECTED` for a refusal or an answer of an unknown form, `CONVOFLOW_OUTCOME_UNKNOWN` for a
	 * send with such an answer, else as `HttpClient.json`
	 */
	async call(call: Call): Promise<JsonObject> {
		const body = await this.#http.json({ ...call, path: `/rest/v1${call.path}` });
		const status = isObject(body) ? body['status'] : undefined;
		if (!isObject(body) || status === undefined) {
			const unknown = this.rejected('Flow.ai sent an answer of an unknown form', body ?? null);
			throw call.effect === 'send' ? outcomeUnknown(unknown, call.traceId) : unknown;
		}
		if (status !== 'ok') {
			const payload = isObject(body['payload']) ? body['payload'] : {};
			const words = textOf(body['message']) ?? textOf(body['error']) ?? textOf(payload['message']);
			throw this.rejected(`Flow.ai refused this${words ? `: ${words}` : ''}`, body);
		}
		return body;
	}

	/** The error for an answer that is no result. Code: `FLOWAI_REJECTED`. */
	rejected(message: string, body: JsonValue): ConvoflowError {
		const advice = 'Check the fields, and that the base URL in the credential leads to Flow.ai.';
		return rejectedError(FLOW_AI, message, advice, body, this.#redact);
	}
}

/** The members of a result, which some answers wrap in `result` and others do not (Flow.ai reference §9). */
export function resultOf(body: JsonObject): JsonObject {
	return isObject(body['result']) ? body['result'] : body;
}
