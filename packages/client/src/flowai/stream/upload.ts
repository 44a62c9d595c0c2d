import type { FileContent } from '../../file';
import type { Call } from '../../http/http-client';
import { outcomeUnknown, rejectedError } from '../../http/service-error';
import { isObject, textOf } from '../../json';
import type { JsonObject, JsonValue } from '../../ports';
import { FLOW_AI } from '../rest-calls';
import type { TraceId } from './deliveries';

/** A file and the message that it belongs to. */
export interface SocketUpload {
	/** As in `message.send`, without an attachment. */
	readonly message: JsonObject & { readonly traceId: TraceId };
	readonly file: FileContent;
}

/** Where an upload belongs. */
interface About {
	readonly threadId: string;
	readonly clientId: string;
	readonly sessionId: string;
}

/** The call of an upload: multipart with the parts `payload`, a JSON text, and `file`. Flow.ai reference §5.4. */
export function uploadCall(
	{ threadId, clientId, sessionId }: About,
	{ message, file }: SocketUpload,
	headers: Readonly<Record<string, string>>,
): Call {
	return {
		method: 'POST',
		path: '/thread.upload',
		headers,
		multipart: [
			{ name: 'payload', text: JSON.stringify({ ...message, threadId, clientId, sessionId }) },
			{ name: 'file', file },
		],
		effect: 'send',
		traceId: message.traceId,
	};
}

/**
 * The message in the answer to an upload.
 * @throws `FLOWAI_REJECTED` for a refusal, `CONVOFLOW_OUTCOME_UNKNOWN` for an answer that says nothing
 */
export function uploadedMessage(
	body: JsonValue | undefined,
	traceId: TraceId,
	redact: (text: string) => string,
): JsonObject {
	const answer = isObject(body) ? body : {};
	const payload = isObject(answer['payload']) ? answer['payload'] : {};
	if (answer['status'] === 'ok') return payload;
	const isSilent = answer['status'] === undefined;
	const words = textOf(payload['message']) ?? textOf(answer['message']) ?? '';
	const said = isSilent
		? 'Flow.ai sent an answer of an unknown form'
		: `Flow.ai refused the file${words ? `: ${words}` : ''}`;
	const advice = 'Check the thread and the file, and the base URL in the credential.';
	const error = rejectedError(FLOW_AI, said, advice, body ?? null, redact);
	throw isSilent ? outcomeUnknown(error, traceId) : error;
}

/** Web address of the file in an uploaded message; undefined where it has none that is known. */
export function uploadedUrl(message: JsonObject): string | undefined {
	const attachment = isObject(message['attachment']) ? message['attachment'] : {};
	const payload = isObject(attachment['payload']) ? attachment['payload'] : {};
	return textOf(payload['url']) ?? textOf(attachment['url']) ?? textOf(message['url']);
}
