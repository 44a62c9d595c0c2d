import { invalidInput, type ServiceName } from '../errors';
import { isObject } from '../json';
import type { HttpRequest, JsonObject, JsonValue, Ports } from '../ports';
import { HttpClient, type HttpClientOptions } from './http-client';
import { percentEncode, type Query } from './url';

/** A call of a service that has no method of its own here. */
export interface ApiRequest {
	readonly method: HttpRequest['method'];
	/** Below the base URL; see `checkedPath`. */
	readonly path: string;
	readonly query?: JsonObject | undefined;
	readonly headers?: JsonObject | undefined;
	readonly body?: JsonValue | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** What came back. */
export interface ApiAnswer {
	readonly status: number;
	/** Names in lower case, without cookies. */
	readonly headers: JsonObject;
	/** JSON where it is any, else the text; null when empty. */
	readonly body: JsonValue;
}

/** Headers that belong to the credential, the host or the connection. */
const RESERVED =
	/^(authorization|proxy-.*|cookie2?|host|content-length|content-type|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect)$/;

/** Calls of one service below its base URL, whatever they are. The host signs them like any other. */
export class ApiCalls {
	readonly #http: HttpClient;
	readonly #baseUrl: string;

	constructor(ports: Ports, service: ServiceName, options: HttpClientOptions) {
		this.#http = new HttpClient(ports, service, options);
		this.#baseUrl = options.baseUrl;
	}

	/**
	 * Makes a call. A GET is repeated like any read; any other method only when it surely did not arrive.
	 * @throws `<SERVICE>_…` for an answer whose status says no, `CONVOFLOW_OUTCOME_UNKNOWN`,
	 * `CONVOFLOW_INVALID_INPUT` (path, query, headers)
	 */
	async request({ method, path, query, headers, body, signal }: ApiRequest): Promise<ApiAnswer> {
		const response = await this.#http.exchange({
			method,
			path: checkedPath(this.#baseUrl, path),
			query: checkedQuery(query ?? {}),
			headers: checkedHeaders(headers ?? {}),
			...(body === undefined ? {} : { body }),
			effect: method === 'GET' ? 'read' : 'send',
			signal,
		});
		const shown = Object.entries(response.headers).filter(([name]) => name !== 'set-cookie');
		return {
			status: response.status,
			headers: Object.fromEntries(shown),
			body: bodyOf(response.text),
		};
	}
}

function bodyOf(text: string): JsonValue {
	if (text.trim() === '') return null;
	try {
		return JSON.parse(text) as JsonValue;
	} catch {
		return text;
	}
}

/**
 * A path that leads nowhere but below the base URL, encoded where it is not yet.
 * @throws CONVOFLOW_INVALID_INPUT (path)
 */
export function checkedPath(baseUrl: string, given: string): string {
	const refuse = (rule: string): Error => invalidInput('path', 'Path', rule);
	const path = given.trim().startsWith('/') ? given.trim() : `/${given.trim()}`;
	if (/^\/?[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith('//'))
		throw refuse('must be the part behind the base URL of the credential, like /v1/things');
	if (/[?#]/.test(path)) throw refuse('must not hold ? or #: put what follows into Query');
	const isPlain = Array.from(path).every((sign) => sign >= ' ' && sign !== '\\' && sign !== '\u007f');
	if (!isPlain) throw refuse('must not hold backslashes or control characters');
	const encoded = path
		.replace(/%(?![0-9a-f]{2})/gi, '%25')
		.replace(/[^\w\-.~!$&'()*+,;=:@/%]/gu, percentEncode);
	const parts = encoded.split('/').map((part) => part.replace(/%2e/gi, '.'));
	if (parts.some((part) => part === '.' || part === '..')) throw refuse('must not hold . or .. as a part');
	const [base, target] = [new URL(baseUrl), new URL(`${baseUrl}${encoded}`)];
	const root = base.pathname.replace(/\/$/, '');
	if (target.origin !== base.origin || !target.pathname.startsWith(`${root}/`))
		throw refuse('must lead below the base URL of the credential');
	return encoded;
}

function checkedQuery(given: JsonObject): Query {
	const query: Record<string, string | number | boolean | string[]> = {};
	for (const [name, value] of Object.entries(given)) {
		if (value === null) continue;
		const isList = Array.isArray(value) && value.every((one) => typeof one !== 'object');
		if (isList) query[name] = value.map(String);
		else if (typeof value !== 'object') query[name] = value;
		else throw invalidInput('query', 'Query', `must hold a text, a number or a list of them for "${name}"`);
	}
	return query;
}

function checkedHeaders(headers: JsonObject): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).flatMap(([given, value]) => {
			const name = given.trim().toLowerCase();
			const refuse = (rule: string): Error => invalidInput('headers', 'Headers', rule);
			if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) throw refuse(`must not be named "${given}"`);
			if (RESERVED.test(name)) throw refuse(`must not hold "${given}": the credential or the host sets it`);
			if (value === null) return [];
			if (isObject(value) || Array.isArray(value)) throw refuse(`must hold a text for "${given}"`);
			const text = String(value).trim();
			if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) throw refuse(`must hold plain characters for "${given}"`);
			return [[name, text]];
		}),
	);
}
