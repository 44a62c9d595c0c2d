import { CHANNEL_ID } from '../options';
import type { JsonObject } from '../json';

/** Author of a message (Flow.ai reference §3.2). */
export interface Originator {
	name: string;
	/** Sent: `external`, `moderator`. Received: `user`, `bot`, `moderator`. */
	role: string;
	userId?: string;
	profile?: JsonObject;
	metadata?: JsonObject;
}

/** One response template (Flow.ai reference §6). */
export interface Response {
	type: string;
	payload: JsonObject;
	delay?: number;
}

/** One message as it stands in a history and travels in replies (Flow.ai reference §2.3, §2.5). */
export interface Message {
	fallback: string;
	silent: boolean;
	replyTo: string | null;
	contexts: unknown[];
	params: JsonObject;
	intents: unknown[];
	/** ISO time. */
	createdAt: string;
	responses: Response[];
	msgId: string;
	flow?: { flowId: string; title: string };
	step?: { stepId: string; title: string; type: string };
}

/** One entry of a history: what one author wrote at one moment. */
export interface Entry {
	id: string;
	originator: Originator;
	messages: Message[];
	/** True for events sent by the user; histories hold them only when asked for events. */
	event?: boolean;
}

/** A conversation with one end user. */
export interface Thread {
	/** Id without the channel part; see {@link threadKey}. */
	key: string;
	/** Id as it was first written. */
	name: string;
	/** Where it began: replies go there (Flow.ai reference §5.8). */
	channel: 'rest' | 'socket';
	createdAt: number;
	updatedAt: number;
	entries: Entry[];
	user: Originator;
	paused: boolean;
	/** When the pause ends by itself; absent for a pause without end. */
	pausedUntil?: number;
	state: 'open' | 'handover' | 'resolved';
	/** Something unread by the end user. */
	unnoticed: boolean;
	/** The thread's nonce, when nonces are on. */
	secret?: string;
	language: string;
}

/** An incoming message, read from a REST body, a socket frame or the console. */
export interface Incoming {
	kind: 'text' | 'event' | 'location' | 'media';
	/** What the user said, or a stand-in for it. */
	text: string;
	response: Response;
	originator: Originator;
	traceId?: number;
	params?: JsonObject;
	language?: string;
}

/**
 * The part of a thread id that identifies the thread. `t-1`, `t-1|w_c51f0e2a` and `t-1|o_c51f0e2a` are
 * three written forms of one thread (Flow.ai reference §3.4); other ids with a bar stand for themselves.
 */
export function threadKey(id: string): string {
	return id.replace(/\|[wo]_[^|]*$/, '');
}

/** The form in which thread lists write an id (Flow.ai reference §2.4). */
export function listedId(thread: Thread): string {
	return thread.key.includes('|') ? thread.key : `${thread.key}|o_${CHANNEL_ID}`;
}

/** The bot as the author of messages. */
export const BOT: Originator = { userId: 'flow|1', name: 'Hostess', role: 'bot', profile: {} };

/** Whether the bot is paused at this moment. */
export function isPaused(thread: Thread, now: number): boolean {
	return thread.paused && (thread.pausedUntil === undefined || thread.pausedUntil > now);
}
