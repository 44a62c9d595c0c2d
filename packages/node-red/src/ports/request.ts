import {
	MAX_ANSWER,
	readAnswer,
	type HttpRequest,
	type HttpResponse,
	type StreamedBody,
} from '@convoflow/client';
import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { relayOf } from './abort-relay';
import type { Dispatchers } from './dispatcher';
import type { Proxy } from './network';
import { refusedByProxy, unreachableProxy } from './tunnel';

/** Addresses in which a URL would change nothing. */
const PLAIN = /^(https?:\/\/[\w.:[\]-]+)(\/[\w\-.~!$&'()*+,;=:@/%?]*)$/;
const DOTS = /\/(?:\.|%2e){1,2}(?:[/?]|$)/i;

/** An address in two. Parsing it as a URL is for those that need it: it costs as much as the rest of the port. */
function partsOf(address: string): { readonly origin: string; readonly path: string } {
	const [, origin, path] = PLAIN.exec(address) ?? [];
	if (origin !== undefined && path !== undefined && !DOTS.test(path)) return { origin, path };
	const url = new URL(address);
	return { origin: url.origin, path: url.pathname + url.search };
}

function headersOf(
	received: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
	const headers: Record<string, string> = {};
	// undici gives names in lower case.
	for (const name in received) {
		const value = received[name];
		if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
	}
	return headers;
}

/** Says how long a body is where that is known; undici then refuses one of another length. */
function lengthOf(upload: StreamedBody | undefined): Record<string, string> {
	return upload?.length === undefined ? {} : { 'content-length': String(upload.length) };
}

/** Whether an answer says that it is no longer than what is read; undici takes no other length than the one it says. */
function isBounded({ statusCode, headers }: Dispatcher.ResponseData): boolean {
	return statusCode >= 200 && statusCode < 300 && Number(headers['content-length']) <= MAX_ANSWER;
}

/** What undici says of a connection that was not made. */
const NO_CONNECTION = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ETIMEDOUT',
	'UND_ERR_CONNECT_TIMEOUT',
]);

/** Through a proxy only the proxy itself is connected to, and its own refusals are not those of the service. */
function behindProxy(error: unknown, proxy: Proxy | undefined): unknown {
	if (!proxy || !(error instanceof Error)) return error;
	const refused = /Proxy response \((\d+)\)|Proxy Authentication Required \((\d+)\)/.exec(error.message);
	if (refused) return refusedByProxy(Number(refused[1] ?? refused[2]));
	return NO_CONNECTION.has(String((error as { code?: unknown }).code))
		? unreachableProxy(proxy, error)
		: error;
}

/**
 * Sends one request and reads its answer to the end. Redirects are answers like any other.
 * @throws ProxyError when a proxy keeps it from the service
 */
export async function request(dispatchers: Dispatchers, asked: HttpRequest): Promise<HttpResponse> {
	const { origin, path } = partsOf(asked.url);
	const { dispatcher, proxy } = dispatchers.for(origin);
	let response: Dispatcher.ResponseData;
	try {
		response = await dispatcher.request({
			origin,
			path,
			method: asked.method,
			headers: asked.upload ? { ...asked.headers, ...lengthOf(asked.upload) } : asked.headers,
			body: asked.upload ? Readable.from(asked.upload.chunks) : (asked.body ?? null),
			signal: relayOf(asked.signal),
			headersTimeout: asked.timeoutMs,
			bodyTimeout: asked.timeoutMs,
		});
	} catch (error) {
		throw behindProxy(error, proxy);
	}
	if (proxy && response.statusCode === 407) {
		response.body.destroy();
		throw refusedByProxy(407);
	}
	return {
		status: response.statusCode,
		headers: headersOf(response.headers),
		// The short way is for what surely stays within bounds.
		text: isBounded(response)
			? await response.body.text()
			: await readAnswer(response.statusCode, response.body, asked.url, asked.signal),
	};
}
