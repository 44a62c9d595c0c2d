import type { JsonValue, PushCall, Verdict } from '@convoflow/client';
import { flowsGate } from '../runtime/flows-gate';
import type { Red, Request, Response } from '../runtime/red';
import { keepRawBodies, rawBodyOf } from './raw-bodies';
import { readLimit } from './read-body';
import { readEvent, takeOverParsing } from './read-event';

/** How long a call waits for a deploy to get through, in ms. */
const DEPLOY_MS = 10_000;

/** A live node that waits for calls. */
export interface WebhookListener {
	/** Checks a call; its body is undefined when it could not be read. */
	verify(call: PushCall, body: JsonValue | undefined): Promise<Verdict>;
	/** Told what `verify` threw, and what goes wrong after the answer. */
	report(error: unknown): void;
}

/** An answer to a call. */
export interface WebhookAnswer {
	readonly status: number;
	/** Sent as JSON, or as it is where it has a content type of its own. */
	readonly body: object | { readonly contentType: string; readonly text: string };
	/** Asks the caller to come again after so many seconds. */
	readonly retryAfterS?: number;
	/** Done once the answer is on its way. */
	readonly afterwards?: () => void;
}

/** Answers a call that at least one node has accepted. What it throws is answered with 500. */
export type Take<L extends WebhookListener> = (
	accepting: readonly L[],
	body: JsonValue,
	red: Red,
	call: PushCall,
) => Promise<WebhookAnswer>;

/** An answer that refuses. */
export function refusal(status: number, message: string, retryAfterS?: number): WebhookAnswer {
	return {
		status,
		body: { status: 'error', message },
		...(retryAfterS === undefined ? {} : { retryAfterS }),
	};
}

const ACKNOWLEDGED: WebhookAnswer = { status: 200, body: { status: 'ok' } };

function first(value: unknown): string | undefined {
	const one: unknown = Array.isArray(value) ? value[0] : value;
	return typeof one === 'string' ? one : undefined;
}

function callOf(request: Request, rawBody: Uint8Array): PushCall {
	return {
		header: (name) => first(request.headers[name]),
		query: (name) => first(request.query[name]),
		rawBody,
		nowMs: Date.now(),
	};
}

const JSON_TYPE = 'application/json';

/** Node.js's own methods: Express makes an ETag of every answer and looks its type up, which takes as long as a flow. */
function send(response: Response, { status, body, retryAfterS }: WebhookAnswer): void {
	const { contentType, text } =
		'contentType' in body ? body : { contentType: JSON_TYPE, text: JSON.stringify(body) };
	response.statusCode = status;
	if (retryAfterS !== undefined) response.setHeader('retry-after', retryAfterS);
	response.setHeader('content-type', `${contentType}; charset=utf-8`);
	response.setHeader('content-length', Buffer.byteLength(text));
	response.end(text);
}

let turn: Promise<void> | undefined;

/** Calls that came together are answered together: whoever waits for many answers is woken once. */
async function endOfTurn(): Promise<void> {
	turn ??= new Promise((resolve) => {
		setImmediate(() => {
			turn = undefined;
			resolve();
		});
	});
	await turn;
}

/** Answers a call by itself: with words when it is refused. */
export function answer(response: Response, status: number, message: string): void {
	send(response, status < 400 ? ACKNOWLEDGED : refusal(status, message));
}

/** A node whose check fails accepts nothing. */
async function verdictOf(
	listener: WebhookListener,
	call: PushCall,
	body: JsonValue | undefined,
): Promise<Verdict> {
	try {
		return await listener.verify(call, body);
	} catch (error) {
		listener.report(error);
		return { ok: false, reason: 'the call could not be checked' };
	}
}

/**
 * One static route of Node-RED's own server, for one kind of webhook. Nodes come and go with every deploy, the
 * route stays; it looks up the live nodes of a path, each of which checks the call by its own settings. Calls
 * that come during a deploy wait for it.
 */
export class WebhookRoute<L extends WebhookListener> {
	readonly #path: string;
	readonly #take: Take<L>;
	readonly #keepsRawBodies: boolean;
	/** Live nodes by the last part of their address. */
	readonly #listeners = new Map<string, Set<L>>();
	readonly #servedBy = new WeakSet<object>();

	/**
	 * @param path below Node-RED's root for nodes, e.g. `/flowai/webhook`
	 * @param keepsRawBodies calls are signed over their bytes
	 */
	constructor(path: string, take: Take<L>, keepsRawBodies = false) {
		this.#path = path;
		this.#take = take;
		this.#keepsRawBodies = keepsRawBodies;
	}

	/** Adds a live node. @returns takes it out again */
	listen(path: string, listener: L): () => void {
		const set = this.#listeners.get(path) ?? new Set();
		this.#listeners.set(path, set.add(listener));
		return () => {
			set.delete(listener);
			if (set.size === 0 && this.#listeners.get(path) === set) this.#listeners.delete(path);
		};
	}

	/** Registers the route, once, however often nodes are loaded. */
	register(red: Red): void {
		if (this.#servedBy.has(red.httpNode)) return;
		this.#servedBy.add(red.httpNode);
		takeOverParsing(red, this.#path);
		if (this.#keepsRawBodies) keepRawBodies(red, this.#path);
		flowsGate(red);
		red.httpNode.all(`${this.#path}/:path`, (request, response) => {
			this.#handle(red, request, response).catch(() => {
				// The caller hung up while sending, or has its answer: a second one would end Node-RED.
				if (!response.headersSent) send(response, refusal(500, 'The event could not be read'));
			});
		});
	}

	async #handle(red: Red, request: Request, response: Response): Promise<void> {
		const isRunning = await flowsGate(red).untilRunning(DEPLOY_MS);
		const set = this.#listeners.get(request.params['path'] ?? '');
		if (!set && !isRunning) return send(response, refusal(503, 'The flows are not running yet', 5));
		if (!set) return send(response, refusal(404, 'No flow listens at this address'));
		// Registration probes the address with GET (Flow.ai reference §4.4).
		if (request.method === 'GET' || request.method === 'HEAD') return send(response, ACKNOWLEDGED);
		if (request.method !== 'POST') {
			response.set('allow', 'GET, HEAD, POST');
			return send(response, refusal(405, 'Only POST brings events'));
		}
		const answer = await this.#answer(red, set, request);
		await endOfTurn();
		send(response, answer);
		answer.afterwards?.();
	}

	async #answer(red: Red, set: ReadonlySet<L>, request: Request): Promise<WebhookAnswer> {
		const event = await readEvent(request, readLimit(red.settings.apiMaxLength));
		const body = event.status === undefined ? event.value : undefined;
		const call = callOf(request, event.raw ?? rawBodyOf(request));
		const verdicts = await Promise.all(
			[...set].map(async (listener) => ({ listener, verdict: await verdictOf(listener, call, body) })),
		);
		const accepting = verdicts.filter(({ verdict }) => verdict.ok).map(({ listener }) => listener);
		if (accepting.length === 0) {
			const refused = verdicts.map(({ verdict }) => verdict).find((verdict) => !verdict.ok);
			const reason = refused && !refused.ok ? refused.reason : 'the node has just stopped';
			return refusal(401, `Not accepted: ${reason}`);
		}
		return event.status === undefined
			? await this.#take(accepting, event.value, red, call)
			: refusal(event.status, event.message);
	}
}
