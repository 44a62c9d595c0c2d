import { isObject, textOf } from '../json';
import type { JsonObject, JsonValue } from '../ports';

/**
 * A message with its platform payload beside it: `custom` is JSON inside a string (Flow XO reference §3), what
 * it holds comes as `custom_parsed`. A broken one stays text.
 */
export function withParsedCustom(message: JsonObject): JsonObject {
	const text = textOf(message['custom']);
	if (text === undefined) return message;
	try {
		return { ...message, custom_parsed: JSON.parse(text) as JsonValue };
	} catch {
		return message;
	}
}

/** A conversation whose last message is read like any other. */
export function readConversation(conversation: JsonObject): JsonObject {
	const last = conversation['last_message'];
	const read = isObject(last) ? withParsedCustom(last) : last;
	return read === undefined || read === last ? conversation : { ...conversation, last_message: read };
}

/** When a conversation was last active: its last message, else its creation (Flow XO reference §9). NaN when unknown. */
export function activityMs(conversation: JsonObject): number {
	const last = conversation['last_message'];
	const time = isObject(last) ? textOf(last['timestamp']) : undefined;
	return Date.parse(time ?? textOf(conversation['created_at']) ?? '');
}
