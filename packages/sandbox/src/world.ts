import type { ChatlayerWorld } from './chatlayer/world';
import type { Context } from './context';
import type { ActionTarget, ActionWebhook } from './flowai/action-webhook';
import { emitNamed, EVENT_NAMES } from './flowai/events';
import { listedId, type Entry, type Incoming, type Thread } from './flowai/model';
import type { SocketServer } from './flowai/socket/server';
import type { FlowAiWorld } from './flowai/world';
import { replyBody } from './flowai/wire';
import type { FlowXoWorld } from './flowxo/world';
import { conversationView, messageView, type XoConversation } from './flowxo/model';
import { HttpError } from './http/errors';
import type { JsonObject } from './json';

/** A thread as the console and tests see it. */
export interface ThreadView {
	id: string;
	listedId: string;
	channel: 'rest' | 'socket';
	user: string;
	paused: boolean;
	state: string;
	updatedAt: string;
	messages: number;
	last: string;
}

const plain = (text: string, name: string, role: string): Incoming => ({
	kind: 'text',
	text,
	response: { type: 'text', payload: { text } },
	originator: { name, role },
});

/** Direct hold of what is in the sandbox: used by tests and by the console. */
export class World {
	constructor(
		private readonly context: Context,
		private readonly flowAi: FlowAiWorld,
		readonly flowXo: FlowXoWorld,
		readonly chatlayer: ChatlayerWorld,
		private readonly sockets: SocketServer,
		private readonly actions: ActionWebhook,
	) {}

	/** Makes sure that a Flow.ai thread exists. */
	ensureThread(threadId: string, channel: 'rest' | 'socket' = 'rest'): ThreadView {
		return this.view(this.flowAi.threads.open(threadId, channel, { name: 'guest', role: 'external' }));
	}

	/** Threads, most recently active first. */
	threads(skip = 0, limit = 50): { threads: ThreadView[]; total: number } {
		const { threads, total } = this.flowAi.threads.page(skip, limit);
		return { threads: threads.map((thread) => this.view(thread)), total };
	}

	/** A thread, or undefined. */
	thread(threadId: string): ThreadView | undefined {
		const thread = this.flowAi.threads.find(threadId);
		return thread && this.view(thread);
	}

	/** All entries of a thread, oldest first. */
	messages(threadId: string): Entry[] {
		const thread = this.flowAi.threads.find(threadId);
		if (!thread) throw new HttpError(404, `There is no thread ${threadId}`);
		return thread.entries;
	}

	/** Writes as the end user; resolves when the bot has answered. */
	async sendAsUser(
		threadId: string,
		text: string,
		channel: 'rest' | 'socket' = 'socket',
		name?: string,
	): Promise<void> {
		const before = this.flowAi.threads.find(threadId);
		const user = name ?? before?.user.name ?? 'guest';
		const thread = this.flowAi.threads.open(threadId, channel, { name: user, role: 'external' });
		await this.flowAi.send(thread, plain(text, user, 'external'));
	}

	/** Lets the bot of a web channel say something of its own accord. */
	sayAsBot(threadId: string, text: string): void {
		const thread = this.flowAi.threads.open(threadId, 'socket', { name: 'guest', role: 'external' });
		this.flowAi.say(thread, { fallback: text, responses: [{ type: 'text', payload: { text } }] });
	}

	/** Writes as a human agent; this pauses the bot. */
	async sendAsModerator(threadId: string, text: string, name = 'Agent'): Promise<void> {
		const thread = this.flowAi.threads.open(threadId, 'rest', { name: 'guest', role: 'external' });
		await this.flowAi.send(thread, plain(text, name, 'moderator'));
	}

	pause(threadId: string, seconds?: number): void {
		this.flowAi.pause(this.known(threadId), 'pause', seconds);
	}

	handover(threadId: string, seconds?: number): void {
		this.flowAi.pause(this.known(threadId), 'handover', seconds);
	}

	resume(threadId: string): void {
		this.flowAi.resume(this.known(threadId));
	}

	resolve(threadId: string): void {
		this.flowAi.resolve(this.known(threadId));
	}

	/**
	 * Sends any event to the webhook, known or not. Without a body of its own, an event gets a believable one.
	 * @throws HttpError 409 when no webhook is set
	 */
	fire(event: string, threadId = 't-100', body?: JsonObject): void {
		if (!this.context.webhook) throw new HttpError(409, 'Set a webhook first');
		emitNamed(this.context, event, threadId, body ?? this.sampleOf(event, threadId));
	}

	/** Sets the action webhook, which a text with the word "reserve" reaches; null removes it. */
	setActionWebhook(target: ActionTarget | null): void {
		this.actions.target = target;
		this.context.bus.emit({ topic: 'settings' });
	}

	/** Calls an action webhook now, as a step of a flow would (Flow.ai reference §8). */
	callAction(
		target: ActionTarget,
		threadId: string,
		query = '',
		params: JsonObject = {},
	): Promise<JsonObject> {
		return this.actions.call(target, this.known(threadId), query, params);
	}

	/** Names of events to offer. */
	get eventNames(): readonly string[] {
		return EVENT_NAMES;
	}

	/** Sends a frame of any kind to the connections of a thread. */
	sendFrame(threadId: string, frame: JsonObject): void {
		this.sockets.toThread(this.known(threadId), () => frame);
	}

	/** Open connections. */
	connections(): JsonObject[] {
		return this.sockets.describe();
	}

	/** Flow XO conversations, most recently active first. */
	conversations(skip = 0, limit = 50): { conversations: JsonObject[]; total: number } {
		const { rows, total } = this.flowXo.store.page(skip, limit, {});
		return { conversations: rows.map(conversationView), total };
	}

	/** A Flow XO conversation by its raw id. */
	conversation(id: string): JsonObject {
		return conversationView(this.knownConversation(id));
	}

	/** All messages of a Flow XO conversation, oldest first. */
	conversationMessages(id: string): JsonObject[] {
		const conversation = this.knownConversation(id);
		return conversation.messages.map((message) => messageView(conversation, message));
	}

	/** Writes as the end user of a Flow XO conversation; the bot answers unless live chat is on. */
	sendAsEndUser(id: string, text: string): void {
		this.flowXo.sendAsUser(this.knownConversation(id), text);
	}

	/** Puts a message of the end user into a Flow XO conversation at a time of choice: late rows, equal instants. */
	insertMessage(id: string, text: string, at: Date): void {
		this.flowXo.insert(this.knownConversation(id), text, at.getTime());
	}

	/** Writes as a human in a Flow XO conversation; this begins live chat. */
	sendInLiveChat(id: string, text: string): void {
		const conversation = this.knownConversation(id);
		this.flowXo.setAgentMode(conversation, true);
		this.flowXo.sendAsBot(conversation, 'text', { message: text, options: null });
	}

	/** Live chat of a Flow XO conversation on or off. */
	setLiveChat(id: string, on: boolean): void {
		this.flowXo.setAgentMode(this.knownConversation(id), on);
	}

	private knownConversation(id: string): XoConversation {
		const conversation = this.flowXo.store.find(id);
		if (!conversation) throw new HttpError(404, `There is no conversation ${id}`);
		return conversation;
	}

	private known(threadId: string): Thread {
		const thread = this.flowAi.threads.find(threadId);
		if (!thread) throw new HttpError(404, `There is no thread ${threadId}`);
		return this.flowAi.threads.open(threadId, thread.channel, thread.user);
	}

	private sampleOf(event: string, threadId: string): JsonObject {
		const thread = this.flowAi.threads.find(threadId);
		const withMessages = ['message', 'message.reply', 'inbound', 'outbound'].includes(event);
		if (!thread || !withMessages) return { threadId };
		const role = event === 'inbound' ? 'external' : 'bot';
		const last = thread.entries.findLast((entry) => entry.originator.role === role);
		return replyBody(thread, last ? [last] : [], null, this.context.settings, this.context.clock.now());
	}

	private view(thread: Thread): ThreadView {
		return {
			id: thread.name,
			listedId: listedId(thread),
			channel: thread.channel,
			user: thread.user.name,
			paused: this.flowAi.paused(thread),
			state: thread.state,
			updatedAt: new Date(thread.updatedAt).toISOString(),
			messages: thread.entries.length,
			last: thread.entries.at(-1)?.messages.at(-1)?.fallback ?? '',
		};
	}
}
