import type { JsonObject, JsonValue } from '@convoflow/client';

/** What a poll may use beside its client. */
export interface PollContext {
	/** Fires when the node closes. */
	readonly signal: AbortSignal;
	/** Milliseconds since the epoch. */
	now(): number;
	/** True once the rest is to be left to the next poll, in hosts that limit the time of one. */
	isLate(): boolean;
	/** Events after which the rest is left to the next poll. */
	readonly maxEvents: number;
}

/** Outcome of a poll. A host hands the events on, then keeps the cursor: after a crash events come twice, not never. */
export interface PollOutcome {
	/** Oldest first. Each has an `event`, and an `eventKey` that is the same when it comes twice. */
	readonly events: readonly JsonObject[];
	/** Where the next poll goes on; small enough for the host's store. */
	readonly cursor: JsonValue;
	/** False when there is more to take at once. */
	readonly isComplete: boolean;
	/** What the user should know, as a sentence. */
	readonly notice?: string;
}

/** How a trigger finds out what is new. Hosts keep its cursor and call it from time to time, never twice at once. */
export interface Poll {
	/**
	 * Looks for what is new.
	 * @param client made by the trigger's credential
	 * @param settings the trigger's fields, read and checked
	 * @param cursor as the last poll gave it; undefined at the first one
	 * @throws ConvoflowError; the cursor stays then
	 */
	check(
		client: unknown,
		settings: Readonly<Record<string, unknown>>,
		cursor: JsonValue | undefined,
		context: PollContext,
	): Promise<PollOutcome>;
	/** Newest events of the kinds that are wanted, to build a flow with; leaves the cursor alone. */
	examples(
		client: unknown,
		settings: Readonly<Record<string, unknown>>,
		signal: AbortSignal,
	): Promise<readonly JsonObject[]>;
}
