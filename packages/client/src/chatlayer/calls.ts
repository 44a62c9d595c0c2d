import type { ServiceName } from '../errors';
import { HttpClient, type Call, type HttpClientOptions } from '../http/http-client';
import { rejectedError } from '../http/service-error';
import { pathPart } from '../http/url';
import { isObject } from '../json';
import type { JsonObject, JsonValue, Ports } from '../ports';

/** How errors name the service. */
export const CHATLAYER: ServiceName = { code: 'CHATLAYER', label: 'Chatlayer' };

/** Makes calls of one of Chatlayer's APIs. An answer of another form is `CHATLAYER_REJECTED`. */
export class ChatlayerCalls {
	readonly #http: HttpClient;
	readonly #redact: (text: string) => string;

	constructor(ports: Ports, options: HttpClientOptions) {
		this.#http = new HttpClient(ports, CHATLAYER, options);
		this.#redact = (text) => ports.redact(text);
	}

	/** Makes a call that answers an object. An empty answer is an empty object (Chatlayer reference §5). */
	async object(call: Call): Promise<JsonObject> {
		const body = (await this.#http.json(call)) ?? {};
		if (isObject(body)) return body;
		throw this.#unknownForm(body);
	}

	/**
	 * Makes a call that answers a list, bare or as the member `data` of an object: both were seen (Chatlayer
	 * reference §10). An empty answer is an empty list.
	 */
	async list(call: Call): Promise<JsonValue[]> {
		const body = (await this.#http.json(call)) ?? [];
		const list = isObject(body) ? (body['data'] ?? []) : body;
		if (Array.isArray(list)) return list;
		throw this.#unknownForm(body);
	}

	#unknownForm(body: JsonValue): Error {
		const advice = 'Check the region or the base URL in the credential.';
		return rejectedError(
			CHATLAYER,
			'Chatlayer sent an answer of an unknown form',
			advice,
			body,
			this.#redact,
		);
	}
}

/** Path of a bot. */
export function botPath(botId: string): string {
	return `/v1/bots/${pathPart('botId', 'Bot', botId)}`;
}

/** Path of a team. */
export function teamPath(teamId: string): string {
	return `/v1/teams/${pathPart('teamId', 'Team ID', teamId)}`;
}

/** Several values as one, separated by commas; none at all is left out. */
export function joined(values: readonly string[] | undefined): string | undefined {
	return values && values.length > 0 ? values.join(',') : undefined;
}

/** Fires when either does. */
export function either(signal: AbortSignal | undefined, other: AbortSignal): AbortSignal {
	return signal ? AbortSignal.any([signal, other]) : other;
}
