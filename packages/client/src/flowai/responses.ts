import { isObject, objectsIn, textOf } from '../json';
import type { JsonObject, JsonValue } from '../ports';

/**
 * What a response says and carries, whatever its type. Types are an open set (Flow.ai reference §6); those of
 * one channel only are read by the same members, and pass through untouched in the message itself.
 */
interface ResponseParts {
	readonly type: string;
	readonly payload: JsonObject;
}

function partsOf(response: JsonObject): ResponseParts {
	const payload = isObject(response['payload']) ? response['payload'] : {};
	return { type: textOf(response['type']) ?? '', payload };
}

const NONE: readonly JsonObject[] = [];

/** Carousels hold cards, lists hold items; both look like a card. */
function cardsIn({ type, payload }: ResponseParts): readonly JsonObject[] {
	if (type === 'card' || type === 'buttons') return [payload];
	const { cards, items } = payload;
	return cards === undefined && items === undefined ? NONE : [...objectsIn(cards), ...objectsIn(items)];
}

function titlesOf(holder: JsonObject): string | undefined {
	const titles = [textOf(holder['title']), textOf(holder['subtitle'])].filter(Boolean);
	return titles.length > 0 ? titles.join('\n') : undefined;
}

/**
 * The words of one response: its text, else title and subtitle, else those of its cards (Flow.ai reference §6,
 * [inferred]). A note is for agents only and has none. Undefined where there are no words.
 */
function wordsOf(response: JsonObject): string | undefined {
	const parts = partsOf(response);
	const { type, payload } = parts;
	if (type === 'note') return undefined;
	const own = textOf(payload['text']) ?? titlesOf(payload);
	if (own !== undefined) return own;
	if (type === 'webview') return textOf(payload['label']);
	if (type === 'event') return textOf(payload['name']);
	const ofCards = cardsIn(parts).map(titlesOf).filter(Boolean);
	return ofCards.length > 0 ? ofCards.join('\n') : undefined;
}

/** Whether a message holds notes for agents and nothing else, so that its user sees nothing of it. */
function isNote(message: JsonObject): boolean {
	const responses = objectsIn(message['responses']);
	return responses.length > 0 && responses.every(({ type }) => type === 'note');
}

/** The plain text of a message: the words of its responses, else its `fallback`; none of a note for agents. */
export function messageText(message: JsonObject): string {
	if (isNote(message)) return '';
	const words = objectsIn(message['responses'])
		.map(wordsOf)
		.filter((part) => part !== undefined);
	return words.length > 0 ? words.join('\n') : (textOf(message['fallback']) ?? '');
}

/** The quick replies of a message, as they came. */
export function quickReplies(message: JsonObject): JsonObject[] {
	const replies: JsonObject[] = [];
	for (const response of objectsIn(message['responses']))
		replies.push(...objectsIn(partsOf(response).payload['quickReplies']));
	return replies;
}

function attachment(type: string, holder: JsonObject, url: JsonValue | undefined): JsonObject {
	const buttons = objectsIn(holder['buttons']).map(({ label, type: kind, value }) => ({
		label: label ?? null,
		type: kind ?? null,
		value: value ?? null,
	}));
	return {
		type,
		title: textOf(holder['title']) ?? textOf(holder['label']) ?? null,
		subtitle: textOf(holder['subtitle']) ?? null,
		url: textOf(url) ?? null,
		buttons,
		...(type === 'location' ? { lat: holder['lat'] ?? null, long: holder['long'] ?? null } : {}),
	};
}

/**
 * What a message carries beside its text: media with their web address, cards and lists with their buttons,
 * locations, web views. One row each: type, title, subtitle, url, buttons.
 */
export function attachments(message: JsonObject): JsonObject[] {
	const found: JsonObject[] = [];
	for (const response of objectsIn(message['responses'])) {
		const parts = partsOf(response);
		const { type, payload } = parts;
		const cards = cardsIn(parts);
		const isOwn = type === 'location' || (cards.length === 0 && textOf(payload['url']) !== undefined);
		if (isOwn) found.push(attachment(type, payload, payload['url']));
		else
			for (const card of cards)
				found.push(
					attachment(
						type === 'buttons' ? type : 'card',
						card,
						isObject(card['media']) ? card['media']['url'] : undefined,
					),
				);
		// A list has buttons below its items.
		if (payload['items'] !== undefined && objectsIn(payload['buttons']).length > 0)
			found.push(attachment(type, payload, undefined));
	}
	return found;
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
		attachments: attachments(message),
		silent: message['silent'] === true || isNote(message),
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
