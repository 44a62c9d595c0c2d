import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingHttpHeaders } from 'node:http';

/** Secrets of the tests; none of them may be seen anywhere. */
export const SECRET = 'fake-webhook-secret';
export const NEXT_SECRET = 'fake-next-secret';

/** How a trigger is set up. */
export interface TriggerSetup {
	/** Events of the project, or calls of an action. */
	readonly kind: 'event' | 'action';
	readonly verification?: 'none' | 'token' | 'jwt';
	/** Stored secrets, the first one and a second one. */
	readonly secrets?: readonly [string, string?];
	/** What the flow behind it does. Default: it ends at once; for an action it replies with the query. */
	readonly flow?: 'slow' | 'failing';
	/** Value of the field "Answer" of an action. */
	readonly answer?: 'reply' | 'atOnce';
}

/** A trigger that listens. */
export interface Listening {
	readonly url: string;
	/** Waits until a text has started the flow, and gives every text that has, in order. */
	textsUntil(text: string): Promise<string[]>;
	/** Waits until the host shows that the flow failed behind the trigger. */
	failure(): Promise<string>;
}

/** A host with our package in it. */
export interface WebhookHost {
	listen(setup: TriggerSetup): Promise<Listening>;
	/** More bytes than it takes, and what it answers to them: 413, or n8n's own 500. */
	readonly tooMuch: number;
	readonly tooMuchStatus: number;
	/** What it answers to a body that is no JSON: 400, or n8n's own 422. */
	readonly noJson: number;
	/** What it answers to a method that no webhook has: 405, or n8n's own 404. */
	readonly wrongMethod: number;
}

/** A call as raw as it goes over the wire. */
export interface RawCall {
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string | string[]>>;
	readonly body?: string | Buffer;
}

/** An answer. */
export interface RawAnswer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
	readonly text: string;
}

/**
 * Sends a body, its first piece alone: a host that has seen enough answers and hangs up, and whoever still writes
 * then loses the answer.
 */
async function sendBody(request: ClientRequest, body: Buffer): Promise<void> {
	const PIECE = 64 * 1024;
	request.write(body.subarray(0, PIECE));
	if (body.length > PIECE) {
		const signal = AbortSignal.timeout(2_000);
		const isAnswered = await once(request, 'response', { signal }).then(
			() => true,
			() => false,
		);
		if (isAnswered) return;
	}
	request.end(body.subarray(PIECE));
}

/** Calls over node:http, which sends headers and bytes as they are. */
export function call(url: string, { method = 'POST', headers = {}, body }: RawCall = {}): Promise<RawAnswer> {
	const bytes = Buffer.from(body ?? '');
	const json =
		body === undefined ? {} : { 'content-type': 'application/json', 'content-length': bytes.length };
	return new Promise((resolve, reject) => {
		let isAnswered = false;
		const request = httpRequest(
			url,
			{ method, headers: { ...json, ...headers }, agent: false },
			(response) => {
				isAnswered = true;
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () => {
					const whole = Buffer.concat(chunks);
					const { statusCode: status = 0, headers: got } = response;
					resolve({ status, headers: got, body: whole, text: whole.toString() });
					request.destroy();
				});
			},
		);
		request.on('error', (error) => (isAnswered ? undefined : reject(error)));
		void sendBody(request, bytes);
	});
}

/** An event of the bot that says a text. */
export function message(text: string, more: object = {}): string {
	const responses = [{ type: 'text', payload: { text } }];
	return JSON.stringify({
		type: 'message.reply',
		payload: { threadId: 't-1', messages: [{ fallback: text, responses }] },
		...more,
	});
}

/** A call of an action with a query. */
export function actionCall(query: string, verifyToken: string | undefined = SECRET): string {
	const params = { day: [{ value: '2020-05-01' }] };
	return JSON.stringify({ type: 'action', verifyToken, threadId: 't-1', action: 'reserve', query, params });
}

/** A JWT. */
export function jwt(
	claims: object,
	{ secret = SECRET, alg = 'HS256', hash = 'sha256' }: { secret?: string; alg?: string; hash?: string } = {},
): string {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const signed = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
	return `${signed}.${alg === 'none' ? '' : createHmac(hash, secret).update(signed).digest('base64url')}`;
}

/** Seconds since the epoch, some seconds away. */
export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;
