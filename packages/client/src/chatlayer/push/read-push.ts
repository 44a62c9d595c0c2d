import { isObject, numberOf, textOf } from '../../json';
import type { JsonObject, JsonValue } from '../../ports';
import type { CallToVerify } from '../../webhook/verify';

/** Kinds of events by the names that subscriptions have for them. Chatlayer reference §9. */
export const PUSH_EVENTS = {
	flowEvent: 'FLOW_EVENT',
	messageEvent: 'MESSAGE_EVENT',
	trackingEvent: 'TRACKING_EVENT',
} as const;

/** The kind of an event that tells that a subscription has ended. */
export const REVOKED = 'revoked';

/** A notification or a revocation read. */
export interface PushEvent {
	/** `trackingEvent`, `messageEvent`, `flowEvent`, `revoked`, or `other`. */
	readonly kind: string;
	readonly eventKey: string;
	/** True when the call itself says who it is, so that a repeat can be told from a second event. */
	readonly hasOwnKey: boolean;
	/** Typed fields, with the untouched body and headers under `body` and `headers`. */
	readonly output: JsonObject;
}

/** Headers that describe a message; those that prove it stay out. */
const MESSAGE_HEADERS = ['x-message-type', 'x-message-id', 'x-message-timestamp'];

/** Where the event may stand in a body: its form is not confirmed (Chatlayer reference §9). */
function eventIn(body: JsonValue): JsonObject {
	if (!isObject(body)) return {};
	const data = isObject(body['data']) ? body['data'] : {};
	for (const place of [body['event'], data['event'], body['message'], body['data'], body['payload']])
		if (isObject(place)) return place;
	return body;
}

function kindOf(body: JsonValue, call: CallToVerify): string {
	const about = isObject(body) && isObject(body['subscription']) ? body['subscription'] : {};
	// The address says what it was registered for; a body may say so too.
	const type = call.query('event') ?? textOf(about['event_type']) ?? '';
	return Object.entries(PUSH_EVENTS).find(([, name]) => name === type)?.[0] ?? 'other';
}

/** A moment as the service or a gateway writes it. */
function timestampOf(value: JsonValue | undefined): string | null {
	const ms = numberOf(value);
	if (ms === undefined) return textOf(value) ?? null;
	return new Date(ms < 1e11 ? ms * 1_000 : ms).toISOString();
}

/** The useful fields of a tracked event, in the words of the other nodes. Chatlayer reference §5, TrackingEvent. */
export function trackedFields(event: JsonObject): JsonObject {
	return {
		eventName: textOf(event['event']) ?? textOf(event['name']) ?? null,
		timestamp: timestampOf(event['timestamp'] ?? event['created_at']),
		conversationId: event['conversation_id'] ?? null,
		userId: event['user_id'] ?? null,
		channelType: event['channel_type'] ?? null,
		botId: event['bot_id'] ?? null,
		version: event['version'] ?? event['bot_version'] ?? null,
		attributes: event['attributes'] ?? {},
	};
}

function headersOf(call: CallToVerify): JsonObject {
	return Object.fromEntries(
		MESSAGE_HEADERS.flatMap((name) => {
			const value = call.header(name);
			return value === undefined ? [] : [[name, value]];
		}),
	);
}

/**
 * Reads a notification. The key is the event's own id, so that an event has one key however it came, or else
 * the id of the message.
 * @param uniqueKey key for a call that carries no id: each delivery counts as one of its own
 */
export function readNotification(body: JsonValue, call: CallToVerify, uniqueKey: () => string): PushEvent {
	const kind = kindOf(body, call);
	const event = eventIn(body);
	const id = textOf(event['id']) ?? numberOf(event['id'])?.toString();
	const messageId = call.header('x-message-id');
	const own = id !== undefined ? `event:${id}` : messageId === undefined ? undefined : `message:${messageId}`;
	const eventKey = own ?? uniqueKey();
	return {
		kind,
		eventKey,
		hasOwnKey: own !== undefined,
		output: { event: kind, eventKey, ...trackedFields(event), body, headers: headersOf(call) },
	};
}

/** Reads what ends a subscription. Which subscription it was is told by its body, as far as that is understood. */
export function readRevocation(body: JsonValue, call: CallToVerify, uniqueKey: () => string): PushEvent {
	const object = isObject(body) ? body : {};
	const about = isObject(object['subscription']) ? object['subscription'] : {};
	const subscriptionId = textOf(about['id']) ?? textOf(object['subscription_id']) ?? null;
	const reason =
		textOf(object['reason']) ?? textOf(about['status']) ?? textOf(object['status']) ?? 'no reason given';
	const messageId = call.header('x-message-id');
	const own = subscriptionId ?? messageId;
	const eventKey = `${REVOKED}:${own ?? uniqueKey()}`;
	return {
		kind: REVOKED,
		eventKey,
		hasOwnKey: own !== undefined,
		output: {
			event: REVOKED,
			eventKey,
			reason,
			subscribedTo: kindOf(body, call),
			subscriptionId,
			botId: about['bot_id'] ?? null,
			body,
			headers: headersOf(call),
		},
	};
}
