import type { JsonObject } from '../ports';

/** A conversation as it came. Any field but `id` may be missing. Flow XO reference §3. */
export type FlowXoConversation = JsonObject;

/** How far to read a list. */
export interface ListOptions {
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
	readonly signal?: AbortSignal | undefined;
}

/** What narrows a list of conversations. */
export interface ListConversations extends ListOptions {
	/** ISO 8601 date or date-time. */
	readonly start?: string | undefined;
	/** ISO 8601 date or date-time. */
	readonly end?: string | undefined;
}
