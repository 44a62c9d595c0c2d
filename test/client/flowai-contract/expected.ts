import type { JsonObject } from '@convoflow/client';
import type { Wire } from '../contract/recorder';

/** A thread as the document writes it. */
export const THREAD = '6ecfd199-853a-448f-9f91-ef397588ff87';
/** Who sends where the user says nothing. */
export const WORKFLOW = { name: 'Workflow', role: 'external' };

/** Headers of a call without a body, as the document has them. */
const READ = { accept: 'application/json', authorization: 'Bearer MY_MESSAGING_API_KEY' };
const SEND = { ...READ, 'content-type': 'application/json' };

/** A call of the REST API without a body. */
export function bare(request: string): Wire {
	return { request, headers: READ };
}

/** A call of the REST API with a JSON body. */
export function json(request: string, body: JsonObject): Wire {
	return { request, headers: SEND, body };
}

/** The one POST that a message is. */
export function message(target: string, payload: JsonObject): Wire[] {
	return [json(`POST /rest/v1/messages/${target}`, { payload })];
}

const SOCKET = { accept: 'application/json', 'x-flowai-clientid': 'YOUR_CLIENT_ID' };

/** How an address for the socket is asked for. 001, Request an endpoint; Flow.ai reference §5.2 for the headers. */
export function endpoint(threadId: string): Wire {
	return {
		request: `GET /socket.info?sessionId=UUID&threadId=${threadId}&clientId=YOUR_CLIENT_ID`,
		headers: { ...SOCKET, 'x-flowai-sessionid': 'UUID', 'x-flowai-threadid': threadId },
	};
}

/** A call beside the socket. Flow.ai reference §5.4. */
export function beside(method: string, path: string, threadId: string, more: Partial<Wire> = {}): Wire {
	const sign = path.includes('?') ? '&' : '?';
	return {
		request: `${method} ${path}${sign}clientId=YOUR_CLIENT_ID`,
		...more,
		headers: { ...SOCKET, 'x-flowai-threadid': threadId, ...more.headers },
	};
}
