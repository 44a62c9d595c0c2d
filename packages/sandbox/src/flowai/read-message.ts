import { badRequest } from '../http/errors';
import { asObject, asString, isObject, type JsonObject } from '../json';
import type { Incoming, Originator } from './model';

/** Most characters of a text (Flow.ai reference §2.6). How they are counted is unstated; code points here. */
export const MAX_TEXT = 255;
const MEDIA_TYPES = ['image', 'file', 'audio', 'video'];

function required(payload: JsonObject, field: string): string {
	const value = asString(payload[field]);
	if (value === undefined || value === '')
		throw badRequest(`payload.${field} must be a text that is not empty`);
	return value;
}

function checkText(text: string, field: string): string {
	if ([...text].length > MAX_TEXT) throw badRequest(`${field} is longer than ${MAX_TEXT} characters`);
	return text;
}

/**
 * Reads an author.
 * @throws HttpError 400 naming the field
 */
export function readOriginator(value: unknown): Originator {
	if (!isObject(value)) throw badRequest('payload.originator must be an object with name and role');
	const name = asString(value['name']);
	if (name === undefined) throw badRequest('payload.originator.name must be a text');
	const role = asString(value['role']);
	// `user` is sent by third-party code; whether the live service takes it is unknown (§3.2).
	if (role === undefined || !['external', 'moderator', 'user'].includes(role)) {
		throw badRequest('payload.originator.role must be external or moderator');
	}
	for (const field of ['profile', 'metadata']) {
		if (value[field] != null && !isObject(value[field])) {
			throw badRequest(`payload.originator.${field} must be an object`);
		}
	}
	return {
		name,
		role: role === 'user' ? 'external' : role,
		...(isObject(value['profile']) ? { profile: value['profile'] } : {}),
		...(isObject(value['metadata']) ? { metadata: value['metadata'] } : {}),
	};
}

export function readTraceId(value: unknown): number | undefined {
	if (value == null) return undefined;
	if (typeof value !== 'number') throw badRequest('payload.traceId must be a number');
	return value;
}

/** Params are lists of values by name (Flow.ai reference §3.3). */
function readParams(value: unknown): JsonObject | undefined {
	if (value == null) return undefined;
	if (!isObject(value)) throw badRequest('params must be an object of lists');
	for (const [name, items] of Object.entries(value)) {
		if (!Array.isArray(items) || !items.every((item) => isObject(item) && 'value' in item)) {
			throw badRequest(`params.${name} must be a list of objects with a value`);
		}
	}
	return value;
}

/**
 * Reads the body of `POST messages/:threadId` (Flow.ai reference §3.1). Both spellings of text and MIME type are
 * taken, both forms of context, and an outer `query` key (§9).
 * @param hasFile a binary part came along, so `url` may be missing
 * @throws HttpError 400 naming the field
 */
export function readRestMessage(body: unknown, hasFile = false): Incoming {
	const outer = asObject(body);
	const payload = outer['payload'] ?? asObject(outer['query'])['payload'];
	if (!isObject(payload)) throw badRequest('The body must be an object with a payload');
	const type = asString(payload['type']);
	const originator = readOriginator(payload['originator']);
	const metadata = asObject(payload['metadata']);
	const traceId = readTraceId(payload['traceId']);
	const params = readParams(payload['params'] ?? metadata['params']);
	const language = asString(payload['lang'] ?? metadata['language']);
	const common = {
		originator,
		...(traceId !== undefined ? { traceId } : {}),
		...(params ? { params } : {}),
		...(language !== undefined ? { language: language.slice(0, 2) } : {}),
	};
	switch (type) {
		case 'text': {
			const field = 'speech' in payload || !('text' in payload) ? 'speech' : 'text';
			const text = checkText(required(payload, field), `payload.${field}`);
			return { kind: 'text', text, response: { type: 'text', payload: { text } }, ...common };
		}
		case 'event':
			return eventMessage(required(payload, 'eventName'), common);
		case 'location': {
			const [lat, long] = [required(payload, 'lat'), required(payload, 'long')];
			const title = asString(payload['title']);
			const response = { type: 'location', payload: { ...(title ? { title } : {}), lat, long } };
			return { kind: 'location', text: title ?? `${lat}, ${long}`, response, ...common };
		}
		case 'media': {
			const mediaType = asString(payload['mediaType']) ?? '';
			if (!MEDIA_TYPES.includes(mediaType)) {
				throw badRequest(`payload.mediaType must be one of ${MEDIA_TYPES.join(', ')}`);
			}
			const url = hasFile && payload['url'] == null ? '' : required(payload, 'url');
			const title = asString(payload['title']) ?? mediaType;
			const mimeType = asString(payload['mimeType'] ?? payload['mimetype']);
			const response = { type: mediaType, payload: { title, url, ...(mimeType ? { mimeType } : {}) } };
			return { kind: 'media', text: title, response, ...common };
		}
		default:
			throw badRequest('payload.type must be text, event, location or media');
	}
}

/** A message that stands for an event. */
export function eventMessage(name: string, common: Omit<Incoming, 'kind' | 'text' | 'response'>): Incoming {
	const payload = { name, lat: null, long: null, title: null, url: null };
	return { kind: 'event', text: name, response: { type: 'event', payload }, ...common };
}

/**
 * Reads the payload of a `message.send` frame (Flow.ai reference §5.3).
 * @throws HttpError 400 naming the field; the socket sends it as an error frame
 */
export function readSocketMessage(payload: JsonObject): { threadId: string; message: Incoming } {
	const threadId = required(payload, 'threadId');
	const speech = checkText(required(payload, 'speech'), 'payload.speech');
	const originator =
		payload['originator'] == null || Object.keys(asObject(payload['originator'])).length === 0
			? { name: 'guest', role: 'external' }
			: readOriginator(payload['originator']);
	const metadata = asObject(payload['metadata']);
	const traceId = readTraceId(payload['traceId']);
	const params = readParams(metadata['params']);
	const language = asString(metadata['language']);
	const common = {
		originator,
		...(traceId !== undefined ? { traceId } : {}),
		...(params ? { params } : {}),
		...(language !== undefined ? { language: language.slice(0, 2) } : {}),
	};
	const attachment = payload['attachment'];
	if (attachment != null) {
		if (!isObject(attachment)) throw badRequest('payload.attachment must be an object');
		const content = asObject(attachment['payload']);
		if (attachment['type'] === 'event') {
			const name = asString(content['name']);
			if (!name) throw badRequest('payload.attachment.payload.name must be a text');
			return { threadId, message: eventMessage(name, common) };
		}
	}
	return {
		threadId,
		message: { kind: 'text', text: speech, response: { type: 'text', payload: { text: speech } }, ...common },
	};
}
