import { isObject, textOf } from '../../json';
import type { JsonObject, JsonValue } from '../../ports';
import { activityMs } from '../messages';
import type { FlowXoConversation } from '../types';

function timeIn(value: JsonValue | undefined): number {
	const ms = Date.parse(textOf(value) ?? '');
	return Number.isNaN(ms) ? 0 : ms;
}

/** Id of a conversation; empty for a row that has none. */
export function conversationIdOf(row: FlowXoConversation): string {
	return textOf(row['id']) ?? '';
}

/** When a conversation began, ms since the epoch; 0 when it does not say. */
export function createdAt(row: FlowXoConversation): number {
	return timeIn(row['created_at']);
}

/** Newest activity of a conversation, ms; 0 when it does not say. */
export function activeAt(row: FlowXoConversation): number {
	const ms = activityMs(row);
	return Number.isNaN(ms) ? 0 : ms;
}

/** Id of a conversation's last message; null when the row shows none. */
export function lastMessageId(row: FlowXoConversation): string | null {
	const last = row['last_message'];
	return isObject(last) ? messageIdOf(last) : null;
}

/** Identity of a message; one without an id is known by its moment and its sender. */
export function messageIdOf(message: JsonObject): string {
	return textOf(message['id']) ?? `${textOf(message['timestamp'])} ${textOf(message['role'])}`;
}

/** Moment of a message, ms; `fallbackMs` for one that does not say. */
export function sentAt(message: JsonObject, fallbackMs: number): number {
	return timeIn(message['timestamp']) || fallbackMs;
}
