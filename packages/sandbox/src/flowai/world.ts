import type { Context } from '../context';
import { asObject, type JsonObject } from '../json';
import { emit } from './events';
import { BOT, isPaused, type Entry, type Incoming, type Originator, type Thread } from './model';
import { answer, type BotLine } from './script';
import { ThreadStore, type ThreadSource } from './store';
import { receivedFrame, replyBody } from './wire';

/** Where frames for socket threads go; the socket server fills it in. */
export interface FrameOutlet {
	/** Sends a frame to the connections of a thread; `name` is the thread id as that connection wrote it. */
	toThread(thread: Thread, frame: (name: string) => JsonObject, except?: object): void;
}

/** How a message is to be handled. */
export interface SendMode {
	/** Answer at once with the reply instead of by webhook. */
	sync?: boolean;
	/** The connection that wrote it, which does not hear its own message. */
	from?: object;
}

/** Where the bot stands when it answers. */
const FLOW = { flowId: 'fl-2', title: 'Booking' };
const STEP = { stepId: 'st-9', title: 'Day', type: 'INTENT' };

/** The Flow.ai project: its threads, its bot, and what it tells to webhook and sockets. */
export class FlowAiWorld {
	readonly threads: ThreadStore;
	outlet: FrameOutlet = { toThread: () => undefined };
	/** Called when a step with an action webhook is reached: a text with the word "reserve". */
	onAction: (thread: Thread, query: string) => void = () => undefined;
	/** Called for every message; the analytics count them. */
	counted: (channel: string, language: string, role: string, key: string) => void = () => undefined;

	constructor(
		private readonly context: Context,
		source?: ThreadSource,
	) {
		this.threads = new ThreadStore(context, source);
	}

	paused(thread: Thread): boolean {
		return isPaused(thread, this.context.clock.now());
	}

	/**
	 * Takes a message of an end user or moderator.
	 * @returns what makes the reply body, once the bot has answered; in sync mode it is complete at once
	 */
	send(thread: Thread, message: Incoming, mode: SendMode = {}): Promise<() => JsonObject> {
		const moderator = message.originator.role === 'moderator';
		if (!moderator) thread.user = message.originator;
		if (message.language !== undefined) thread.language = message.language;
		const entry = this.append(
			thread,
			message.originator,
			[{ fallback: message.text, responses: [message.response] }],
			null,
			message,
		);
		if (thread.state === 'resolved') thread.state = 'open';
		this.threads.keep(thread);
		emit(this.context, 'delivered', thread.key, () => ({
			threadId: thread.name,
			...(message.traceId !== undefined ? { traceId: message.traceId } : {}),
		}));
		if (moderator) {
			this.toUser(thread, entry, mode.from);
			if (!this.paused(thread)) this.pause(thread);
			return Promise.resolve(() => this.replyOf(thread, [], message.text));
		}
		if (thread.channel === 'socket') this.emitReply(thread, 'inbound', [entry], null);
		if (this.paused(thread)) return Promise.resolve(() => this.replyOf(thread, [], message.text));
		return this.reply(thread, message, mode.sync === true);
	}

	/** The bot says something of its own accord: a broadcast, or the answer of an action webhook. */
	say(thread: Thread, line: BotLine): void {
		const entry = this.append(thread, BOT, [line], null);
		this.threads.keep(thread);
		this.toUser(thread, entry);
		this.emitReply(thread, thread.channel === 'rest' ? 'reply' : 'outbound', [entry], null);
	}

	/** Pauses the bot: without end, or for a number of seconds (at speed 1). */
	pause(thread: Thread, kind: 'pause' | 'handover' = 'pause', seconds?: number): void {
		thread.paused = true;
		delete thread.pausedUntil;
		if (kind === 'handover') thread.state = 'handover';
		if (seconds !== undefined) {
			const until = this.context.clock.now() + this.context.clock.real(seconds * 1000);
			thread.pausedUntil = until;
			this.context.clock.after(seconds * 1000, () => {
				if (thread.pausedUntil === until) this.resume(thread);
			});
		}
		this.threads.keep(thread);
		emit(this.context, kind, thread.key, () => ({ threadId: thread.name }));
	}

	/** Lets the bot speak again. */
	resume(thread: Thread): void {
		thread.paused = false;
		delete thread.pausedUntil;
		if (thread.state === 'handover') thread.state = 'open';
		this.threads.keep(thread);
		emit(this.context, 'resume', thread.key, () => ({ threadId: thread.name }));
	}

	/** Ends a handover for good and lets the bot speak again (Flow.ai reference §2.2 row 11). */
	resolve(thread: Thread): void {
		this.resume(thread);
		thread.state = 'resolved';
	}

	private async reply(thread: Thread, message: Incoming, sync: boolean): Promise<() => JsonObject> {
		const script = answer(message);
		const said: Entry[] = [];
		for (const [index, line] of script.lines.entries()) {
			if (!sync) {
				const before = script.lines[index - 1]?.afterMs ?? 0;
				const usual = index === 0 ? this.context.settings.botDelayMs : 0;
				await this.wait(usual + Math.max(0, (line.afterMs ?? 0) - before));
				// Someone took over meanwhile.
				if (this.paused(thread)) break;
			}
			const entry = this.append(thread, BOT, [line], message.text);
			said.push(entry);
			this.threads.keep(thread);
			if (sync) continue;
			this.toUser(thread, entry);
			this.emitReply(thread, thread.channel === 'rest' ? 'reply' : 'outbound', [entry], message.text);
		}
		if (/\breserve\b/i.test(message.text)) this.onAction(thread, message.text);
		if (script.handover === true && !this.paused(thread)) this.pause(thread, 'handover');
		return () => this.replyOf(thread, said, message.text);
	}

	private wait(ms: number): Promise<void> {
		return ms <= 0 ? Promise.resolve() : new Promise((resolve) => void this.context.clock.after(ms, resolve));
	}

	private toUser(thread: Thread, entry: Entry, except?: object): void {
		thread.unnoticed = true;
		if (thread.channel !== 'socket' && !this.context.settings.broadcast) return;
		this.outlet.toThread(thread, (name) => receivedFrame(name, entry, this.context.settings), except);
	}

	private emitReply(
		thread: Thread,
		kind: 'reply' | 'inbound' | 'outbound',
		entries: Entry[],
		replyTo: string | null,
	): void {
		emit(this.context, kind, thread.key, () => this.replyOf(thread, entries, replyTo));
	}

	private replyOf(thread: Thread, entries: Entry[], replyTo: string | null): JsonObject {
		return replyBody(thread, entries, replyTo, this.context.settings, this.context.clock.now());
	}

	private append(
		thread: Thread,
		originator: Originator,
		lines: BotLine[],
		replyTo: string | null,
		incoming?: Incoming,
	): Entry {
		const now = new Date(this.context.clock.now()).toISOString();
		const entry: Entry = {
			id: this.context.ids.next('act'),
			originator,
			messages: lines.map((line) => ({
				fallback: line.fallback,
				silent: line.silent ?? false,
				replyTo,
				contexts: [],
				params: asObject(incoming?.params),
				intents: [],
				createdAt: now,
				responses: line.responses,
				msgId: this.context.ids.next('m'),
				...(originator === BOT ? { flow: FLOW, step: STEP } : {}),
			})),
			...(incoming?.kind === 'event' ? { event: true } : {}),
		};
		thread.entries.push(entry);
		this.counted(thread.channel === 'socket' ? 'web' : 'api', thread.language, originator.role, thread.key);
		return entry;
	}
}
