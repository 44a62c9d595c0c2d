import type { ActionVerdict, JsonValue } from '@convoflow/client';
import { ACTION_ROUTE } from '../model/webhook';
import { flowsGate } from '../runtime/flows-gate';
import type { Red, Request, Response } from '../runtime/red';
import { MAX_OPEN, openCalls } from './open-calls';
import { readLimit } from './read-body';
import { readEvent, takeOverParsing } from './read-event';
import { answer } from './router';

/** How long a call waits for a deploy to get through, in ms: Flow.ai waits a few seconds for its answer. */
const DEPLOY_MS = 4_000;

/** A live node that takes the calls of one address. */
export interface ActionListener {
	verify(body: JsonValue): Promise<ActionVerdict>;
	/** Takes a call over, its answer with it. */
	receive(body: JsonValue, tokenIndex: number, response: Response): void;
	/** Told what `verify` or `receive` threw. */
	report(error: unknown): void;
}

/** The live node of each path. Nodes come and go with every deploy, the route stays. */
const listeners = new Map<string, ActionListener>();
const servedBy = new WeakSet<object>();

/**
 * Adds a live node.
 * @returns takes it out again; undefined when another node has the path, since a call takes one answer
 */
export function listenToActions(path: string, listener: ActionListener): (() => void) | undefined {
	if (listeners.has(path)) return undefined;
	listeners.set(path, listener);
	return () => listeners.delete(path);
}

async function handle(red: Red, request: Request, response: Response): Promise<void> {
	const path = request.params['path'] ?? '';
	const isRunning = await flowsGate(red).untilRunning(DEPLOY_MS);
	if (!listeners.has(path) && !isRunning) {
		response.set('retry-after', '5');
		return answer(response, 503, 'The flows are not running yet');
	}
	if (!listeners.has(path)) return answer(response, 404, 'No flow listens at this address');
	if (request.method === 'GET' || request.method === 'HEAD') return answer(response, 200, '');
	if (request.method !== 'POST') {
		response.set('allow', 'GET, HEAD, POST');
		return answer(response, 405, 'Only POST calls an action');
	}
	if (openCalls() >= MAX_OPEN) {
		response.set('retry-after', '1');
		return answer(response, 503, 'Too many calls wait for a reply');
	}
	const body = await readEvent(request, readLimit(red.settings.apiMaxLength));
	if (body.status !== undefined) return answer(response, body.status, body.message);
	const listener = listeners.get(path);
	if (!listener) return answer(response, 404, 'No flow listens at this address');
	try {
		const verdict = await listener.verify(body.value);
		if (!verdict.ok) return answer(response, 401, `Not accepted: ${verdict.reason}`);
		// A deploy may have come in between: the node that took its place knows the flow.
		if (listeners.get(path) !== listener) return answer(response, 503, 'The flow is being deployed');
		listener.receive(body.value, verdict.tokenIndex, response);
	} catch (error) {
		listener.report(error);
		if (!response.headersSent) answer(response, 500, 'The call could not be handed on');
	}
}

/** Registers the one route for action calls, however often nodes are loaded. Calls during a deploy wait for it. */
export function registerActionRoute(red: Red): void {
	if (servedBy.has(red.httpNode)) return;
	servedBy.add(red.httpNode);
	takeOverParsing(red, ACTION_ROUTE);
	flowsGate(red);
	red.httpNode.all(`${ACTION_ROUTE}/:path`, (request, response) => {
		handle(red, request, response).catch(() => {
			// The caller hung up while sending, or has its answer: a second one would end Node-RED.
			if (!response.headersSent) answer(response, 500, 'The call could not be read');
		});
	});
}
