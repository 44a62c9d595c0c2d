import { invalidInput } from '../../errors';
import { isObject, objectsIn } from '../../json';
import type { JsonObject, JsonValue } from '../../ports';

/** What is said to a flow that called an action; every part may be left out. */
export interface ActionReply {
	/** A text for the user. */
	readonly text?: string | undefined;
	/** Messages in the form of Flow.ai reference §6, said after the text. */
	readonly messages?: readonly JsonValue[] | undefined;
	/** Names of events to fire in the flow. */
	readonly events?: readonly string[] | undefined;
	/** Parameters by label; plain values are put into the form `[{"value": …}]`. */
	readonly params?: JsonObject | undefined;
}

function textMessage(text: string): JsonObject {
	return { fallback: text, responses: [{ type: 'text', payload: { text } }] };
}

function isMessage(value: JsonValue): value is JsonObject {
	if (!isObject(value) || !Array.isArray(value['responses'])) return false;
	const responses = objectsIn(value['responses']);
	return (
		responses.length > 0 &&
		responses.length === value['responses'].length &&
		responses.every(({ type, payload }) => typeof type === 'string' && isObject(payload))
	);
}

function checked(messages: readonly JsonValue[]): JsonObject[] {
	return messages.map((message, index) => {
		if (isMessage(message)) return message;
		const rule = `needs a list "responses" of objects with "type" and "payload" in message ${index + 1}`;
		throw invalidInput('messages', 'Messages', rule);
	});
}

function isValueObject(value: JsonValue): boolean {
	return isObject(value) && Object.hasOwn(value, 'value');
}

function paramValues(value: JsonValue): JsonValue[] {
	const values = Array.isArray(value) ? value : [value];
	return values.map((one) => (isValueObject(one) ? one : { value: one }));
}

/**
 * Builds the answer to an action call. Flow.ai reference §8: `verifyToken` is required, the rest optional.
 * @throws CONVOFLOW_INVALID_INPUT (messages) for a message without responses
 */
export function buildReply(reply: ActionReply, verifyToken: string): JsonObject {
	const { text, messages = [], events = [], params = {} } = reply;
	const said = [...(text === undefined ? [] : [textMessage(text)]), ...checked(messages)];
	const labelled = Object.entries(params).map(([label, value]) => [label, paramValues(value)] as const);
	return {
		verifyToken: verifyToken.trim(),
		...(said.length > 0 ? { messages: said } : {}),
		...(events.length > 0 ? { events: events.map((name) => ({ name })) } : {}),
		...(labelled.length > 0 ? { params: Object.fromEntries(labelled) } : {}),
	};
}
