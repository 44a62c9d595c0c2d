import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { badRequest, notFound, unauthorized } from '../http/errors';
import { asObject, asString, isObject, parseJson, type JsonObject } from '../json';
import { Caller } from '../webhook/call';
import { threadKey, type Response, type Thread } from './model';
import type { BotLine } from './script';
import type { FlowAiWorld } from './world';
import { flowAiErrors, sameText } from './rest/scope';

/** A step of a flow that calls an address (Flow.ai reference §8). */
export interface ActionTarget {
	url: string;
	verifyToken: string;
	/** Name set in the designer. */
	action: string;
}

/** Limit of an answer; cloud code gets as long (Flow.ai reference §8). */
const LIMIT_MS = 10_000;

/** Calls the action webhook and takes its answers, at once or later over `replyUrl`. */
export class ActionWebhook {
	private readonly open = new Map<string, { thread: string; verifyToken: string }>();
	private readonly caller = new Caller();
	target: ActionTarget | null = null;

	constructor(
		private readonly context: Context,
		private readonly world: FlowAiWorld,
	) {}

	/**
	 * Calls the address for a thread and takes its answer.
	 * @returns the HTTP status of the answer and what was made of it
	 */
	async call(
		target: ActionTarget,
		thread: Thread,
		query: string,
		params: JsonObject = {},
	): Promise<JsonObject> {
		const id = this.context.ids.next('reply');
		this.open.set(id, { thread: thread.key, verifyToken: target.verifyToken });
		if (this.open.size > 5_000) this.open.delete(this.open.keys().next().value ?? '');
		const user = { ...thread.user, userId: `u-${threadKey(thread.key)}`, profile: thread.user.profile ?? {} };
		const body = {
			type: 'action',
			verifyToken: target.verifyToken,
			threadId: thread.name,
			channelName: thread.channel === 'socket' ? 'web' : 'gateway',
			query,
			action: target.action,
			params,
			replyUrl: `${this.context.url}/flowai/reply/${id}`,
			originator: { actorId: 'a-1', ...user },
			user,
		};
		const answer = await this.caller.post(new URL(target.url), {}, JSON.stringify(body), LIMIT_MS);
		const parsed = parseJson(answer.text);
		if (answer.status !== 200 || !parsed.ok) return { status: answer.status, taken: false };
		const taken = sameText(asString(asObject(parsed.value)['verifyToken']) ?? '', target.verifyToken);
		if (taken) this.take(thread, asObject(parsed.value));
		return { status: answer.status, taken };
	}

	/** Takes a later answer; its lifetime is unknown, so it may come any number of times. */
	reply(id: string, body: unknown): void {
		const waiting = this.open.get(id);
		if (!waiting) throw notFound('This reply address is not known');
		const answer = asObject(body);
		if (!sameText(asString(answer['verifyToken']) ?? '', waiting.verifyToken)) {
			throw unauthorized('verifyToken is missing or wrong');
		}
		const thread = this.world.threads.find(waiting.thread);
		if (thread) this.take(this.world.threads.open(thread.name, thread.channel, thread.user), answer);
	}

	close(): void {
		this.caller.close();
	}

	private take(thread: Thread, answer: JsonObject): void {
		for (const line of readMessages(answer['messages'])) this.world.say(thread, line);
		const events = Array.isArray(answer['events']) ? answer['events'] : [];
		for (const event of events) {
			const text = `Event ${asString(asObject(event)['name']) ?? ''} received.`;
			this.world.say(thread, { fallback: text, responses: [{ type: 'text', payload: { text } }] });
		}
	}
}

function readMessages(value: unknown): BotLine[] {
	if (value === undefined) return [];
	if (!Array.isArray(value)) throw badRequest('messages must be a list');
	return value.map((item, n) => {
		const message = asObject(item);
		const responses: unknown = message['responses'];
		if (!Array.isArray(responses) || responses.length === 0 || !responses.every(isResponse)) {
			throw badRequest(`messages[${n}].responses must be a list of responses that is not empty`);
		}
		return { fallback: asString(message['fallback']) ?? '', responses };
	});
}

function isResponse(value: unknown): value is Response {
	return isObject(value) && typeof value['type'] === 'string' && isObject(value['payload']);
}

/** The address for later answers, and the files that were uploaded. */
export function actionRoutes(app: FastifyInstance, actions: ActionWebhook): void {
	flowAiErrors(app);
	app.post('/reply/:id', (request) => {
		actions.reply((request.params as { id: string }).id, request.body);
		return { status: 'ok' };
	});
}
