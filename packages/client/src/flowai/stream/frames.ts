import { isObject, objectsIn, textOf } from '../../json';
import type { JsonObject, JsonValue } from '../../ports';
import { attachments, messageText, quickReplies } from '../responses';

/** Kinds of stream events: `connection` and `gap` are told by the client, the others by Flow.ai. */
export const STREAM_KINDS = [
	'connection',
	'delivered',
	'error',
	'gap',
	'message',
	'typing',
	'other',
] as const;

/** What a stream event says. */
export type StreamKind = (typeof STREAM_KINDS)[number];

/** A frame read. `pong` and secrets never leave the client. */
export interface StreamFrame {
	readonly kind: StreamKind | 'pong' | 'secret';
	readonly threadId: string | undefined;
	/** The new secret of the thread, in a frame of kind `secret`. Never logged. */
	readonly secret?: string;
	readonly output: JsonObject;
}

const KIND_BY_TYPE: ReadonlyMap<string, StreamFrame['kind']> = new Map<string, StreamFrame['kind']>([
	['pong', 'pong'],
	['message.received', 'message'],
	['activities.created', 'message'],
	['message.delivered', 'delivered'],
	['activities.delivered', 'delivered'],
	['agent.typing', 'typing'],
	['error', 'error'],
	['secret.generated', 'secret'],
]);

/** Longest frame that is parsed, in characters; the native socket has no limit of its own. */
export const MAX_FRAME_LENGTH = 8 * 1024 * 1024;

/** What a message event puts out, all of it in one piece: frames of this kind are many. */
function messageOutput(
	eventName: string | null,
	threadId: string | null,
	payload: JsonObject,
	recovered: boolean,
	body: JsonObject,
): JsonObject {
	const originator = isObject(payload['originator']) ? payload['originator'] : undefined;
	const messages = objectsIn(payload['messages']);
	const [first] = messages;
	const isOne = first !== undefined && messages.length === 1;
	return {
		event: 'message',
		eventName,
		eventKey: messageIds(payload),
		threadId,
		text: isOne ? messageText(first) : messages.map(messageText).join('\n'),
		role: originator?.['role'] ?? null,
		name: originator?.['name'] ?? null,
		silent: messages.length > 0 && messages.every((one) => one['silent'] === true),
		quickReplies: isOne ? quickReplies(first) : messages.flatMap(quickReplies),
		attachments: isOne ? attachments(first) : messages.flatMap(attachments),
		recovered,
		body,
	};
}

function fields(kind: StreamFrame['kind'], payload: JsonObject, frame: JsonObject): JsonObject {
	switch (kind) {
		case 'delivered':
			return { traceId: payload['traceId'] ?? null, text: payload['speech'] ?? null };
		case 'error': {
			// An error frame carries `message` where others carry `payload` (Flow.ai reference §5.3).
			const words = frame['message'] ?? payload['message'];
			return { text: typeof words === 'string' ? words : JSON.stringify(words ?? null) };
		}
		default:
			return {};
	}
}

/** An echo without the thread's secret, which is nobody's to see. */
function withoutNonce(frame: JsonObject): JsonObject {
	const { payload } = frame;
	if (!isObject(payload) || payload['nonce'] === undefined) return frame;
	const rest = Object.entries(payload).filter(([name]) => name !== 'nonce');
	return { ...frame, payload: Object.fromEntries(rest) };
}

/** The id of a message event where its messages carry ids. */
function messageIds(payload: JsonObject): string | null {
	const ids = objectsIn(payload['messages']).map((one) =>
		isObject(one['meta']) ? textOf(one['meta']['msgId']) : undefined,
	);
	return ids.length > 0 && ids.every((id) => id !== undefined) ? `message:${ids.join(',')}` : null;
}

/**
 * Reads one frame. A frame that cannot be read gives undefined: it must not end the session.
 * @param text null stands for a binary frame
 */
export function readFrame(text: string | null): StreamFrame | undefined {
	if (text === null || text.length > MAX_FRAME_LENGTH) return undefined;
	let frame: JsonValue;
	try {
		frame = JSON.parse(text) as JsonValue;
	} catch {
		return undefined;
	}
	if (!isObject(frame)) return undefined;
	const type = textOf(frame['type']) ?? '';
	const kind = KIND_BY_TYPE.get(type) ?? 'other';
	const payload = isObject(frame['payload']) ? frame['payload'] : {};
	const threadId = textOf(payload['threadId']);
	if (kind === 'message') {
		const output = messageOutput(type, threadId ?? null, payload, false, withoutNonce(frame));
		return { kind, threadId, output };
	}
	const told = frame['message'] ?? payload;
	const secret = kind === 'secret' && isObject(told) ? textOf(told['secret']) : undefined;
	return {
		kind,
		threadId,
		...(secret === undefined ? {} : { secret }),
		output: {
			event: kind,
			eventName: type === '' ? null : type,
			eventKey: messageIds(payload),
			threadId: threadId ?? null,
			...fields(kind, payload, frame),
			body: withoutNonce(frame),
		},
	};
}

/**
 * The output of messages that came out of the history, as if they had come over the stream.
 * @param entry an entry of the history with the messages to be told
 */
export function recoveredOutput(threadId: string, entry: JsonObject): JsonObject {
	const payload = { ...entry, threadId };
	const eventName = 'message.received';
	return messageOutput(eventName, threadId, payload, true, { type: eventName, payload });
}

/**
 * The output of a gap: messages of this time may be missing and cannot be told by the stream.
 * @param fromMs the last moment at which surely nothing was missing, in ms since the epoch
 * @param toMs the first moment from which the messages are there again
 */
export function gapOutput(threadId: string, fromMs: number, toMs: number): JsonObject {
	const from = new Date(Math.min(fromMs, toMs)).toISOString();
	const to = new Date(toMs).toISOString();
	return {
		event: 'gap',
		eventName: null,
		eventKey: `gap:${threadId}:${from}:${to}`,
		threadId,
		from,
		to,
		text: `Messages between ${from} and ${to} may be missing`,
		body: {},
	};
}
