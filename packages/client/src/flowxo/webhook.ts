import { isObject, textOf } from '../json';
import type { JsonObject, JsonValue } from '../ports';

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
 * our help suggests, and all of them may be missing. Its key is made of the `id` and the `event` that the user
 * chose. What such an `id` stands for is the user's affair (a customer, an order, a message that several actions
 * tell of), so a call is never left out for having the key of an earlier one.
 * @param uniqueKey key for a call that carries no `id`
 * @returns typed fields, with the untouched body under `body`
 */
export function parseFlowXoCall(body: JsonValue, uniqueKey: () => string): JsonObject {
	const object = isObject(body) ? body : {};
	const event = firstOf(object, 'event');
	const [name, id] = [event, firstOf(object, 'id', 'message_id')].map((one) =>
		typeof one === 'number' ? String(one) : textOf(one),
	);
	return {
		event,
		eventKey: id === undefined ? uniqueKey() : ['call', ...(name === undefined ? [] : [name]), id].join(':'),
		conversationId: firstOf(object, 'response_path', 'responsePath', 'conversation'),
		text: firstOf(object, 'message', 'text'),
		userName: firstOf(object, 'user_name', 'userName'),
		botId: firstOf(object, 'bot_id', 'botId'),
		botName: firstOf(object, 'bot_name', 'botName'),
		platform: firstOf(object, 'bot_platform', 'platform'),
		body,
	};
}
