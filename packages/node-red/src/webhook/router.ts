import type { CallToVerify, JsonValue, Verdict } from '@convoflow/client';
import { WEBHOOK_ROUTE } from '../model/webhook';
import type { Red, Request, Response } from '../runtime/red';
import { readBody, readLimit } from './read-body';

/** A live node that waits for calls. */
export interface WebhookListener {
	verify(call: CallToVerify): Promise<Verdict>;
	/** Called after the answer went out. */
	receive(body: JsonValue): void;
}

/** Live nodes by path. Nodes come and go with every deploy, the route stays. */
const listeners = new Map<string, Set<WebhookListener>>();
let isRegistered = false;

/** Adds a live node. @returns takes it out again */
export function listen(path: string, listener: WebhookListener): () => void {
	const set = listeners.get(path) ?? new Set();
	listeners.set(path, set.add(listener));
	return () => {
		set.delete(listener);
		if (set.size === 0 && listeners.get(path) === set) listeners.delete(path);
	};
}

function first(value: unknown): string | undefined {
	const one: unknown = Array.isArray(value) ? value[0] : value;
	return typeof one === 'string' ? one : undefined;
}

function callOf(request: Request): CallToVerify {
	return {
		header: (name) => first(request.headers[name]),
		query: (name) => first(request.query[name]),
		nowMs: Date.now(),
	};
}

function answer(response: Response, status: number, message: string): void {
	response.status(status).json(status < 400 ? { status: 'ok' } : { status: 'error', message });
}

function parse(body: Buffer): { value: JsonValue } | undefined {
	try {
		return { value: JSON.parse(body.toString('utf8')) as JsonValue };
	} catch {
		return undefined;
	}
}

/**
 * Reads the event of a call. Where editor and nodes share a root, which is the default, the editor's side has
 * read and parsed the body already, by the same limit, and its stream is empty.
 * @returns undefined for a body that is too long
 */
async function readEvent(request: Request, limit: number): Promise<{ value?: JsonValue } | undefined> {
	if (request._body) return { value: request.body as JsonValue };
	const body = await readBody(request, limit);
	return body && (parse(body) ?? {});
}

/** Every node on the path checks the call by its own settings; those that accept it get it, after one answer. */
async function handle(request: Request, response: Response, limit: number): Promise<void> {
	const set = listeners.get(request.params['path'] ?? '');
	if (!set) return answer(response, 404, 'No flow listens at this address');
	// Registration probes the address with GET (Flow.ai reference §4.4).
	if (request.method === 'GET' || request.method === 'HEAD') return answer(response, 200, '');
	if (request.method !== 'POST') {
		response.set('allow', 'GET, HEAD, POST');
		return answer(response, 405, 'Only POST brings events');
	}
	const event = await readEvent(request, limit);
	if (!event) return answer(response, 413, `The event is longer than ${limit} bytes`);
	const call = callOf(request);
	const verdicts = await Promise.all(
		[...set].map(async (listener) => ({ listener, verdict: await listener.verify(call) })),
	);
	const accepting = verdicts.filter(({ verdict }) => verdict.ok).map(({ listener }) => listener);
	if (accepting.length === 0) {
		const refusal = verdicts.map(({ verdict }) => verdict).find((verdict) => !verdict.ok);
		return answer(
			response,
			401,
			`Not accepted: ${refusal && !refusal.ok ? refusal.reason : 'the node has just stopped'}`,
		);
	}
	const { value } = event;
	if (value === undefined) return answer(response, 400, 'The body is not JSON');
	answer(response, 200, '');
	for (const listener of accepting) listener.receive(value);
}

/** Registers the one route of the package, however often nodes are loaded. */
export function registerWebhookRoute(red: Red): void {
	if (isRegistered) return;
	isRegistered = true;
	const limit = readLimit(red.settings.apiMaxLength);
	red.httpNode.all(`${WEBHOOK_ROUTE}/:path`, (request, response) => {
		handle(request, response, limit).catch(() => {
			// The caller hung up while sending; there is nobody left to answer.
			if (!request.destroyed) answer(response, 500, 'The event could not be read');
		});
	});
}
