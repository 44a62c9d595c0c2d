import { isObject, objectsIn, textOf } from '../../json';
import type { JsonObject, JsonValue } from '../../ports';
import { attachments, messageText, quickReplies } from '../responses';
import { findMember, identifyEvent } from './events';

/** Fields that every event has, whatever its kind and vocabulary. */
function common(body: JsonObject, kind: string, name: string | null, eventKey: string): JsonObject {
	return {
		event: kind,
		eventName: name,
		eventKey,
		threadId: findMember(body, 'threadId') ?? null,
	};
}

function messageFields(body: JsonObject): JsonObject {
	const found = findMember(body, 'messages');
	const messages = objectsIn(found);
	const originator = findMember(body, 'originator');
	const who = isObject(originator) ? originator : messages.map((one) => one['originator']).find(isObject);
	return {
		text: messages.map(messageText).join('\n'),
		role: who?.['role'] ?? null,
		name: who?.['name'] ?? null,
		silent: messages.length > 0 && messages.every((one) => one['silent'] === true),
		quickReplies: messages.flatMap(quickReplies),
		attachments: messages.flatMap(attachments),
		messages: found ?? [],
	};
}

function fieldsOf(kind: string, body: JsonObject): JsonObject {
	const copy = (...members: string[]): JsonObject =>
		Object.fromEntries(
			members.map((member): [string, JsonValue] => [member, findMember(body, member) ?? null]),
		);
	switch (kind) {
		case 'message':
		case 'inbound':
		case 'outbound':
			return messageFields(body);
		case 'delivered':
			return copy('traceId');
		case 'history':
			return copy('history', 'page', 'pages');
		case 'threads':
			return copy('threads', 'page', 'pages');
		case 'triggerEvents':
			return copy('items');
		case 'businessHours':
			return copy('businessHours');
		case 'pauseStatus':
			return { isPaused: findMember(body, 'isPaused') ?? findMember(body, 'isPaued') ?? null };
		default:
			return {};
	}
}

/** The id of an event where it carries one: `activityId`, else the ids of its messages. */
function ownKey(body: JsonObject): string | undefined {
	const activityId = textOf(findMember(body, 'activityId'));
	if (activityId) return `activity:${activityId}`;
	const ids = objectsIn(findMember(body, 'messages')).map((one) =>
		isObject(one['meta']) ? textOf(one['meta']['msgId']) : undefined,
	);
	return ids.length > 0 && ids.every((id) => id !== undefined) ? `message:${ids.join(',')}` : undefined;
}

/** An event read. */
export interface ParsedEvent {
	/** Typed fields, with the untouched body under `body`. */
	readonly output: JsonObject;
	readonly kind: string;
	/** True when the event itself says who it is, so that a repeat can be told from a second event. */
	readonly hasOwnKey: boolean;
	readonly eventKey: string;
}

/**
 * Reads the body of a webhook call. Unknown forms pass through as `other`.
 * @param uniqueKey key for an event that carries no id: each delivery counts as an event of its own
 */
export function parseEvent(body: JsonValue, uniqueKey: () => string): ParsedEvent {
	const object = isObject(body) ? body : {};
	const { kind, name } = identifyEvent(object);
	const own = ownKey(object);
	const eventKey = own ?? uniqueKey();
	return {
		kind,
		eventKey,
		hasOwnKey: own !== undefined,
		output: { ...common(object, kind, name, eventKey), ...fieldsOf(kind, object), body },
	};
}
