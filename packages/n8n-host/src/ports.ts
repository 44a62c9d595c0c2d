import {
	aborted,
	readAnswer,
	type AnswerBody,
	type HttpRequest,
	type HttpResponse,
	type Ports,
	type StreamedBody,
} from '@convoflow/client';
import {
	sleep,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
	type ITriggerFunctions,
} from 'n8n-workflow';
import { untilAborted } from './abort';
import { openNativeSocket } from './socket';

/** Where requests are made: an action's run, a poll, a trigger's life, or a form that is filled in. */
export type RequestContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions | ITriggerFunctions;

interface FullResponse {
	readonly statusCode: number;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly body: unknown;
}

function lowerCased(headers: Readonly<Record<string, unknown>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [
			name.toLowerCase(),
			Array.isArray(value) ? value.join(', ') : String(value),
		]),
	);
}

function isStream(body: unknown): body is AnswerBody {
	return typeof body === 'object' && body !== null && 'on' in body && 'destroy' in body;
}

/** Reads a body to its end, within bounds. */
async function bodyText({ statusCode, body }: FullResponse, { url, signal }: HttpRequest): Promise<string> {
	if (isStream(body)) return await readAnswer(statusCode, body, url, signal);
	if (typeof body === 'string') return body;
	return body === undefined || body === null ? '' : JSON.stringify(body);
}

/** A streamed body as a whole: n8n allows its packages no stream of their own. Files were bounded before. */
async function wholeBody({ chunks }: StreamedBody): Promise<Buffer> {
	const parts: Uint8Array[] = [];
	for await (const chunk of chunks) parts.push(chunk);
	return Buffer.concat(parts);
}

/** Sends a request that n8n signs with the credential. Every status is an answer. */
async function send(
	context: RequestContext,
	credential: string,
	request: HttpRequest,
): Promise<HttpResponse> {
	const { method, url, headers, body: text, upload, timeoutMs, signal } = request;
	const body = upload ? await wholeBody(upload) : text;
	const options: IHttpRequestOptions = {
		method,
		url,
		headers: { ...headers },
		...(body === undefined ? {} : { body }),
		// n8n reads any other body to its end, however long it is.
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: timeoutMs,
		abortSignal: signal,
	};
	const sent = context.helpers.httpRequestWithAuthentication
		.call(context, credential, options)
		.then((answer: FullResponse) => {
			// Nobody waits for it any more.
			if (signal.aborted && isStream(answer.body)) answer.body.destroy();
			return answer;
		});
	const answer = await untilAborted(sent, signal);
	return {
		status: answer.statusCode,
		headers: lowerCased(answer.headers),
		text: await bodyText(answer, request),
	};
}

/** Asks the policy of the instance about an address; n8n before 2.30 has none. */
async function isAllowed(context: RequestContext, url: string): Promise<boolean> {
	const helpers: Partial<Pick<RequestContext['helpers'], 'getSecureEgressFilter'>> = context.helpers;
	const verdict = await helpers.getSecureEgressFilter?.().validateUrl(url);
	return verdict?.ok ?? true;
}

/**
 * n8n as the clients see it.
 * @param credential name of the credential that signs requests
 * @param redact takes its secrets out of texts
 */
export function portsFor(
	context: RequestContext,
	credential: string,
	redact: (text: string) => string,
): Ports {
	return {
		request: async (request) => await send(context, credential, request),
		sleep: async (ms, signal) => {
			await untilAborted(sleep(ms, signal), signal);
			// n8n before 2.35 does not know the signal and returns late instead of rejecting.
			if (signal?.aborted) throw aborted();
		},
		openSocket: (url, headers, handlers) =>
			openNativeSocket(url, headers, handlers, async (address) => await isAllowed(context, address)),
		now: () => Date.now(),
		log: (level, message) => context.logger[level](redact(message)),
		redact,
	};
}
