import { isObject, textOf } from '../json';
import type { JsonObject, JsonValue } from '../ports';

/** A call of an HTTP action of a flow. */
export interface FlowXoCall {
	/** Typed fields, with the untouched body under `body`. */
	readonly output: JsonObject;
	readonly eventKey: string;
	/** True when the call itself says who it is, so that a repeat can be told from a second call. */
	readonly hasOwnKey: boolean;
}

/** The first of some members that holds anything; people name the members of their payload themselves. */
function firstOf(body: JsonObject, ...names: string[]): JsonValue {
	for (const name of names) {
		const value = body[name];
		if (value !== undefined && value !== null && value !== '') return value;
	}
	return null;
}

/**
 * Reads the body of a call. Flow XO has no payload of its own (Flow XO reference §8): the members are those that
 * our help suggests, and all of them may be missing.
 * @param uniqueKey key for a call that carries no `id`: each delivery counts as one of its own
 */
export function parseFlowXoCall(body: JsonValue, uniqueKey: () => string): FlowXoCall {
	const object = isObject(body) ? body : {};
	const id = firstOf(object, 'id', 'message_id');
	const own = typeof id === 'number' ? String(id) : textOf(id);
	const eventKey = own === undefined ? uniqueKey() : `call:${own}`;
	return {
		eventKey,
		hasOwnKey: own !== undefined,
		output: {
			event: firstOf(object, 'event'),
			eventKey,
			conversationId: firstOf(object, 'response_path', 'responsePath', 'conversation'),
			text: firstOf(object, 'message', 'text'),
			userName: firstOf(object, 'user_name', 'userName'),
			botId: firstOf(object, 'bot_id', 'botId'),
			botName: firstOf(object, 'bot_name', 'botName'),
			platform: firstOf(object, 'bot_platform', 'platform'),
			body,
		},
	};
}
