import { defined } from '../../json';
import type { JsonObject } from '../../ports';
import type { MessageContext } from '../types';
import type { TraceId } from './deliveries';

/** What goes along with a message on the socket (Flow.ai reference §5.3). */
export interface SocketAttachment {
	readonly type: 'event';
	readonly payload: { readonly name: string };
}

/** A message for the socket. */
export interface SocketMessage extends Omit<MessageContext, 'contextForm' | 'traceId'> {
	readonly traceId: TraceId;
	/** Without it, what the attachment is called: the service wants words with every message. */
	readonly speech?: string | undefined;
	readonly attachment?: SocketAttachment | undefined;
}

/**
 * Payload of `message.send`, without thread and nonce. 001, Socket API, Send message; language, time zone and
 * params stand under `metadata` there.
 */
export function socketPayload(message: SocketMessage): JsonObject & { readonly traceId: TraceId } {
	const { traceId, attachment, originator, language, timezone, params } = message;
	const metadata = defined({ language, timezone, params });
	return {
		traceId,
		speech: message.speech ?? `${attachment?.type ?? 'empty'} attachment`,
		originator: defined({ ...originator }),
		...(Object.keys(metadata).length > 0 ? { metadata } : {}),
		...(attachment ? { attachment: { type: attachment.type, payload: { ...attachment.payload } } } : {}),
	};
}
