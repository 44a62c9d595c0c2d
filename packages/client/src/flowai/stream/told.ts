import { valueFingerprint } from '../../fingerprint';
import { isObject, objectsIn, textOf } from '../../json';
import type { JsonObject, JsonValue } from '../../ports';

/** What tells one message from another, whether it came over the stream or out of the history. */
export interface Told {
	/** `meta.msgId`; not every version of the service has it. */
	readonly id: string | undefined;
	/** When it was written, in ms since the epoch. */
	readonly atMs: number | undefined;
	/** Stands for its content: equal for equal messages, whatever the order of members. */
	readonly print: number;
}

/** One message of a history. */
export interface HistoryMessage extends Told {
	/** The entry that holds it: who wrote it, and what was written with it. */
	readonly entry: JsonObject;
	readonly message: JsonObject;
	/** Would have come over the stream. */
	readonly isHeard: boolean;
}

/**
 * Roles of the end user. His own words are in the history but do not come over the stream (Flow.ai reference
 * §5.3 shows `message.received` from the bot only; [inferred]).
 */
const USER_ROLES: ReadonlySet<string> = new Set(['user', 'external']);

function timeOf(value: JsonValue | undefined): number | undefined {
	const ms = typeof value === 'string' ? Date.parse(value) : value;
	return typeof ms === 'number' && Number.isFinite(ms) ? ms : undefined;
}

/** Reads a message for comparison. */
export function tell(message: JsonObject): Told {
	const meta = isObject(message['meta']) ? message['meta'] : {};
	return {
		id: textOf(meta['msgId']),
		atMs: timeOf(message['createdAt']) ?? timeOf(meta['createdAt']),
		print: valueFingerprint([message['fallback'] ?? null, message['responses'] ?? null]),
	};
}

/** Reads the messages of an entry or of the payload of a frame. */
function messagesOf(entry: JsonObject): HistoryMessage[] {
	const author = (message: JsonObject): JsonValue | undefined =>
		isObject(message['originator']) ? message['originator'] : entry['originator'];
	return objectsIn(entry['messages']).map((message) => {
		const who = author(message);
		const role = isObject(who) ? (textOf(who['role']) ?? '') : '';
		return { ...tell(message), entry, message, isHeard: !USER_ROLES.has(role) };
	});
}

/**
 * The messages of a history, oldest first: by their time where every one has it, else as they came, since the
 * order is documented nowhere (Flow.ai reference §2.3, §10).
 */
export function readHistory(entries: readonly JsonObject[]): HistoryMessage[] {
	const messages = entries.flatMap(messagesOf);
	const times = messages.map(({ atMs }) => atMs);
	if (times.some((ms) => ms === undefined)) return messages;
	const isNewestFirst = (times[0] ?? 0) > (times.at(-1) ?? 0);
	// Turned round first: messages of one moment keep their order when sorted.
	const oldestFirst = isNewestFirst ? [...entries].reverse().flatMap(messagesOf) : messages;
	return oldestFirst.sort((one, other) => (one.atMs ?? 0) - (other.atMs ?? 0));
}
