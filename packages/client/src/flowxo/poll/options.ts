import type { JsonObject } from '../../ports';
import type { FlowXoConversation } from '../types';

/** What a poll can tell of. */
export const FLOW_XO_EVENTS = ['newMessage', 'newConversation', 'liveChatStarted', 'liveChatEnded'] as const;
export type FlowXoEventKind = (typeof FLOW_XO_EVENTS)[number];

/** Something that happened. */
export interface FlowXoEvent {
	readonly kind: FlowXoEventKind;
	/** Identity of the event, the same when it comes twice. */
	readonly key: string;
	/** ms since the epoch. */
	readonly at: number;
	readonly conversation: FlowXoConversation;
	/** The message of a `newMessage` event. */
	readonly message?: JsonObject;
}

/** What to look for, and how. */
export interface FlowXoPollOptions {
	readonly events: readonly FlowXoEventKind[];
	/** Take what is there already at the first poll; by default only what comes after it. */
	readonly takeBacklog?: boolean | undefined;
	/** Which conversations count; all by default. */
	readonly isWanted?: ((conversation: FlowXoConversation) => boolean) | undefined;
	/** Which messages count; all by default. */
	readonly isWantedMessage?: ((message: JsonObject) => boolean) | undefined;
	/** Conversations to look at where the list is not in order of activity. Default 1,000. */
	readonly maxConversations?: number | undefined;
	/** Events after which the rest is left to the next poll; a conversation is never torn apart. Default 1,000. */
	readonly maxEvents?: number | undefined;
	/** Says that the rest is to be left to the next poll, for hosts that limit the time of a poll. */
	readonly isLate?: (() => boolean) | undefined;
	/** Milliseconds since the epoch. */
	now(): number;
	readonly signal?: AbortSignal | undefined;
}

/** How far behind newer rows others may become visible, ms. */
export const OVERLAP_MS = 5 * 60_000;
