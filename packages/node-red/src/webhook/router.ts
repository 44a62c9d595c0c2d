import type { CallToVerify, JsonValue, Verdict } from '@convoflow/client';
import { WEBHOOK_ROUTE } from '../model/webhook';
import type { Red, Request, Response } from '../runtime/red';
import { readLimit } from './read-body';
import { readEvent, takeOverParsing } from './read-event';

/** A live node that waits for calls. */
export interface WebhookListener {
	verify(call: CallToVerify): Promise<Verdict>;
	/** Called after the answer went out. */
	receive(body: JsonValue): void;
	/** Told what `verify` or `receive` threw. */
	report(error: unknown): void;
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

/** Answers a call by itself: with words when it is refused. */
export function answer(response: Response, status: number, message: string): void {
	response.status(status).json(status < 400 ? { status: 'ok' } : { status: 'error', message });
}

/** A node whose check fails accepts nothing. */
async function verdictOf(listener: WebhookListener, call: CallToVerify): Promise<Verdict> {
	try {
		return await listener.verify(call);
	} catch (error) {
		listener.report(error);
		return { ok: false, reason: 'the call could not be checked' };
	}
}

/** What goes wrong in one node is told there and keeps the event from no other. */
function deliver(listener: WebhookListener, value: JsonValue): void {
	try {
		listener.receive(value);
	} catch (error) {
		listener.report(error);
	}
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
	const call = callOf(request);
	const verdicts = await Promise.all(
		[...set].map(async (listener) => ({ listener, verdict: await verdictOf(listener, call) })),
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
	if (event.status !== undefined) return answer(response, event.status, event.message);
	answer(response, 200, '');
	for (const listener of accepting) deliver(listener, event.value);
}

/** Registers the one route of the package, however often nodes are loaded. */
export function registerWebhookRoute(red: Red): void {
	if (isRegistered) return;
	isRegistered = true;
	takeOverParsing(red, WEBHOOK_ROUTE);
	const limit = readLimit(red.settings.apiMaxLength);
	red.httpNode.all(`${WEBHOOK_ROUTE}/:path`, (request, response) => {
		handle(request, response, limit).catch(() => {
			// The caller hung up while sending, or has its answer: a second one would end Node-RED.
			if (!response.headersSent) answer(response, 500, 'The event could not be read');
		});
	});
}
