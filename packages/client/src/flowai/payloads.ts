import { defined } from '../json';
import type { JsonObject } from '../ports';
import type { MessageContext, SendEvent, SendLocation, SendMedia, SendText, UploadMedia } from './types';

/** Context as members of the payload (001), or gathered under `metadata` (Flow.ai reference §3.1, later docs). */
function contextOf({ language, timezone, params, contextForm }: MessageContext): JsonObject {
	if (contextForm !== 'metadata') return defined({ lang: language, timezone, params });
	const metadata = defined({ language, timezone, params });
	return Object.keys(metadata).length > 0 ? { metadata } : {};
}

function payload(type: string, content: JsonObject, message: MessageContext): JsonObject {
	return {
		...defined({ type, traceId: message.traceId }),
		...content,
		...contextOf(message),
		originator: defined({ ...message.originator }),
	};
}

/** Payload of a text. 001, Sending messages, Text message; `speech` as in its samples (Flow.ai reference §9). */
export function textPayload(message: SendText): JsonObject {
	return payload('text', { speech: message.speech }, message);
}

/** Payload of an event. 001, Sending messages, Event message. */
export function eventPayload(message: SendEvent): JsonObject {
	return payload('event', { eventName: message.eventName }, message);
}

/** Payload of a location; both coordinates travel as texts. 001, Sending messages, Location message. */
export function locationPayload(message: SendLocation): JsonObject {
	const { latitude: lat, longitude: long, title } = message;
	return payload('location', defined({ title, lat, long }), message);
}

/**
 * Payload of a media file that is named by its address. 001, Sending messages, Media message, which spells
 * `mimeType` in its table and `mimetype` in its HTTP sample (Flow.ai reference §9).
 */
export function mediaPayload(message: SendMedia): JsonObject {
	const { mediaType, mimeType, url, title } = message;
	const mimetype = message.mimeTypeSpelling === 'both' ? mimeType : undefined;
	return payload('media', defined({ mediaType, mimeType, mimetype, url, title }), message);
}

/**
 * Payload of a media file that travels beside it, without an address (Flow.ai reference §2.3, [inferred]: the
 * document shows no sample of it).
 */
export function uploadPayload(message: UploadMedia): JsonObject {
	const { mediaType, file, title } = message;
	return payload('media', defined({ mediaType, mimeType: file.mimeType, title }), message);
}
