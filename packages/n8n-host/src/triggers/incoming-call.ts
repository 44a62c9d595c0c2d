import type { JsonValue } from '@convoflow/client';
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** A call as n8n's web server (Express) hands it over. */
export interface IncomingCall {
	readonly headers: Readonly<Record<string, unknown>>;
	readonly query: Readonly<Record<string, unknown>>;
	readonly rawBody: Uint8Array;
}

/** The answer of n8n's web server. */
export interface OutgoingAnswer {
	readonly headersSent: boolean;
	readonly statusCode: number;
	/** `close` comes once, when the answer has gone out or nobody waits for it any more. */
	once(event: 'close', handler: () => void): unknown;
	status(code: number): OutgoingAnswer;
	set(name: string, value: string): OutgoingAnswer;
	json(body: object): unknown;
	send(body: string): unknown;
	/** Fired once the answer is out, or the caller is gone. */
	once(event: 'close', listener: () => void): unknown;
}

/** The call that a trigger was given. */
export function incomingCall(context: IWebhookFunctions): IncomingCall {
	const request: unknown = context.getRequestObject();
	return request as IncomingCall;
}

/** The answer that n8n's web server has not sent yet. */
export function outgoingAnswer(context: IWebhookFunctions): OutgoingAnswer {
	const response: unknown = context.getResponseObject();
	return response as OutgoingAnswer;
}

/** The first value of a header or a query key. */
export function firstValue(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
	const value = values[name];
	const one: unknown = Array.isArray(value) ? value[0] : value;
	return typeof one === 'string' ? one : undefined;
}

/** Ends a call with a status of our own and no run. */
export function refuse(context: IWebhookFunctions, status: number, reason: string): IWebhookResponseData {
	context.logger.warn(`A call was refused: ${reason}`);
	outgoingAnswer(context).status(status).json({ message: reason });
	return { noWebhookResponse: true };
}

/** The JSON of a call, or the status and the reason of its refusal. */
export type ReadBody =
	| { readonly value: JsonValue; readonly status?: undefined }
	| { readonly status: number; readonly reason: string };

/** Reads the raw bytes of a call: bytes that are no text and text that is no JSON are the caller's faults. */
export function readBody({ headers, rawBody }: IncomingCall): ReadBody {
	if (/^(application\/x-www-form-urlencoded|multipart\/)/i.test(firstValue(headers, 'content-type') ?? '')) {
		return { status: 415, reason: 'the body is a form; send JSON' };
	}
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(rawBody);
		return { value: JSON.parse(text) as JsonValue };
	} catch {
		return { status: 400, reason: 'the body is no JSON' };
	}
}
