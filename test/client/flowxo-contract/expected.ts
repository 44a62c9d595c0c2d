import type { JsonValue } from '@convoflow/client';
import type { Wire } from '../contract/recorder';

/** A conversation as the document writes its id: raw, as it goes into a body, and as it goes into a path. */
export const RAW = '5f3a9c0e7d21b84a66e0c1d2/c/490150001122';
export const ENCODED = '5f3a9c0e7d21b84a66e0c1d2%2Fc%2F490150001122';

/** Headers of a call without a body. 000, Authorization; Flow XO reference §1. */
const READ = { accept: 'application/json', authorization: 'Bearer MY_API_KEY' };
const JSON_BODY = { 'content-type': 'application/json' };

/** A call of the HTTP API without a body. */
export function bare(request: string): Wire {
	return { request, headers: READ };
}

/** A call of the HTTP API with a JSON body. */
export function json(request: string, body: JsonValue): Wire {
	return { request, headers: { ...READ, ...JSON_BODY }, body };
}

/** The one POST that a message is; the id stands in its body as it is. Flow XO reference §6. */
export function message(type: string, content: JsonValue): Wire[] {
	return [json('POST /api/end_users/messages', { response_path: RAW, type, message: content })];
}

/** A call of a flow's webhook: its address is all that lets it in. Flow XO reference §8. */
export function hook(body: JsonValue): Wire {
	return {
		request: 'POST /hooks/a/x7Kp29Qz',
		headers: { accept: 'application/json', ...JSON_BODY },
		body,
	};
}
