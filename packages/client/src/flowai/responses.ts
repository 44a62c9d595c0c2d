import { isObject, objectsIn, textOf } from '../json';
import type { JsonObject, JsonValue } from '../ports';

/**
 * The words of one response: `payload.text`, else title and subtitle (Flow.ai reference §6, [inferred]).
 * Types are an open set; one without words gives undefined.
 */
function wordsOf(response: JsonObject): string | undefined {
	const payload = isObject(response['payload']) ? response['payload'] : {};
	const text = textOf(payload['text']);
	if (text !== undefined) return text;
	const titles = [textOf(payload['title']), textOf(payload['subtitle'])].filter((part) => part !== undefined);
	return titles.length > 0 ? titles.join('\n') : undefined;
}

/** The plain text of a message: the words of its responses, else its `fallback`. */
export function messageText(message: JsonObject): string {
	const words = objectsIn(message['responses'])
		.map(wordsOf)
		.filter((part) => part !== undefined);
	return words.length > 0 ? words.join('\n') : (textOf(message['fallback']) ?? '');
}

/** The quick replies of a message, as they came. */
export function quickReplies(message: JsonObject): JsonObject[] {
	return objectsIn(message['responses']).flatMap((response) =>
		isObject(response['payload']) ? objectsIn(response['payload']['quickReplies']) : [],
	);
}

/** One message of a thread in a flat row, useful fields first. */
export function messageRow(threadId: string, entry: JsonObject, message: JsonObject): JsonObject {
	const originator = isObject(message['originator']) ? message['originator'] : entry['originator'];
	const who = isObject(originator) ? originator : {};
	const meta = isObject(message['meta']) ? message['meta'] : {};
	const firstResponse = objectsIn(message['responses'])[0];
	const orNull = (value: JsonValue | undefined): JsonValue => value ?? null;
	return {
		threadId,
		text: messageText(message),
		role: orNull(who['role']),
		name: orNull(who['name']),
		type: orNull(firstResponse?.['type']),
		quickReplies: quickReplies(message).map((reply) => reply['label'] ?? reply['value'] ?? ''),
		silent: message['silent'] === true,
		createdAt: orNull(message['createdAt'] ?? meta['createdAt']),
		messageId: orNull(meta['msgId']),
	};
}

/** The messages of history entries (or of one received frame) as flat rows. */
export function messageRows(threadId: string, entries: readonly JsonObject[]): JsonObject[] {
	return entries.flatMap((entry) =>
		objectsIn(entry['messages']).map((message) => messageRow(threadId, entry, message)),
	);
}
