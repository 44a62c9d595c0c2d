import { isObject, numberOf, textOf } from '../../json';
import type { JsonObject, JsonValue } from '../../ports';
import type { WindowState } from '../../poll/seen-window';

/** What is remembered of a conversation that was active lately. */
export type ConversationState = {
	/** Id of its last message as the list showed it. */
	readonly last: string | null;
	/** Moment of its newest activity, ms. */
	readonly at: number;
	/** Its handled messages. */
	readonly messages: WindowState;
	/** When to read it a second time, for messages that become visible late; ms by this machine's clock. */
	readonly lookAgainAt: number | null;
};

/** Where a poll stopped; plain JSON, kept in the host's store. */
export type FlowXoCursor = {
	readonly version: 1;
	/** Kinds of events whose starting point is set. */
	readonly kinds: string[];
	/** Activity up to this moment is handled, ms. */
	readonly floor: number;
	readonly polls: number;
	readonly isUnordered: boolean;
	readonly conversations: { readonly [id: string]: ConversationState };
	/** Conversations that were told of when they were new. */
	readonly created: WindowState;
	/** Ids of conversations known to be in live chat. */
	readonly live: string[];
};

function readWindow(value: JsonValue | undefined, floor: number): WindowState {
	const state = isObject(value) ? value : {};
	const seen = isObject(state['seen']) ? state['seen'] : {};
	return {
		floor: numberOf(state['floor']) ?? floor,
		seen: Object.fromEntries(Object.entries(seen).map(([id, at]) => [id, numberOf(at) ?? 0])),
	};
}

function readConversation(value: JsonObject, floor: number): ConversationState {
	return {
		last: textOf(value['last']) ?? null,
		at: numberOf(value['at']) ?? floor,
		messages: readWindow(value['messages'], floor),
		lookAgainAt: numberOf(value['lookAgainAt']) ?? null,
	};
}

function texts(value: JsonValue | undefined): string[] {
	return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** Reads a cursor from the host's store; undefined for none, and for one that is not understood. */
export function readCursor(stored: JsonValue | undefined): FlowXoCursor | undefined {
	const floor = isObject(stored) ? numberOf(stored['floor']) : undefined;
	if (!isObject(stored) || stored['version'] !== 1 || floor === undefined) return undefined;
	const conversations = isObject(stored['conversations']) ? stored['conversations'] : {};
	return {
		version: 1,
		kinds: texts(stored['kinds']),
		floor,
		polls: numberOf(stored['polls']) ?? 0,
		isUnordered: stored['isUnordered'] === true,
		conversations: Object.fromEntries(
			Object.entries(conversations).flatMap(([id, state]) =>
				isObject(state) ? [[id, readConversation(state, floor)]] : [],
			),
		),
		created: readWindow(stored['created'], floor),
		live: texts(stored['live']),
	};
}
