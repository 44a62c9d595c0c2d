import type { JsonObject } from '../ports';

/** Who a message comes from. Flow.ai reference §3.2. */
export interface Originator {
	readonly name: string;
	/** `external` is the end user, `moderator` a human agent. */
	readonly role: string;
	readonly profile?: JsonObject | undefined;
	readonly metadata?: JsonObject | undefined;
}

/** Where the answer of a question goes. */
export type Answer = 'here' | 'webhook';

/** A text to send into a thread. 001, REST API, Text message. */
export interface SendText {
	readonly threadId: string;
	/** At most 255 characters. */
	readonly speech: string;
	readonly originator: Originator;
	/** Number that comes back with the delivery event. */
	readonly traceId?: number | undefined;
	/** Two letters. */
	readonly language?: string | undefined;
	/** Hours from UTC. */
	readonly timezone?: number | undefined;
	readonly params?: JsonObject | undefined;
	readonly signal?: AbortSignal | undefined;
}
