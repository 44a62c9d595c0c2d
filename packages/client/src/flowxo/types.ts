import type { JsonObject } from '../ports';

/** What every call takes. */
export interface Stoppable {
	readonly signal?: AbortSignal | undefined;
}

/** A conversation as it came. Any field but `id` may be missing. Flow XO reference §3. */
export type FlowXoConversation = JsonObject;

/** How far to read a list. */
export interface ListOptions extends Stoppable {
	/** Rows wanted in all; undefined means every row. */
	readonly limit?: number | undefined;
	/** Rows asked for at once. Default 100, the largest size known to work (Flow XO reference §2). */
	readonly pageSize?: number | undefined;
	/** Pages asked for side by side where the list has a total. Default 8. */
	readonly pagesAtOnce?: number | undefined;
	/** Rows to leave out from the start. Default 0. */
	readonly skip?: number | undefined;
	/** Told when the list moved faster than it could be read; the log by default. */
	readonly warn?: ((message: string) => void) | undefined;
}

/** What narrows a list of conversations. */
export interface ListConversations extends ListOptions {
	/** ISO 8601 date or date-time. */
	readonly start?: string | undefined;
	/** ISO 8601 date or date-time. */
	readonly end?: string | undefined;
}

/** A message to a conversation. Flow XO reference §6. */
export interface OutgoingMessage extends Stoppable {
	/** Any form of the conversation's id; it is sent raw, with slashes. */
	readonly conversationId: string;
	/** `text`, `media`, and others of which only the names are known. */
	readonly type: string;
	readonly message: JsonObject;
}

/** What analytics are asked for. Flow XO reference §6. */
export interface InsightsQuery extends Stoppable {
	/** ISO 8601 date or date-time. */
	readonly start: string;
	/** ISO 8601 date or date-time. */
	readonly end: string;
	readonly unit: 'hour' | 'day' | 'month';
	/** Minutes from UTC. */
	readonly offsetMinutes: number;
}
