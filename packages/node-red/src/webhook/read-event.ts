import type { JsonValue } from '@convoflow/client';
import type { IncomingMessage } from 'node:http';
import type { Red, Request } from '../runtime/red';
import { readBody } from './read-body';

/** The event of a call, or why it has none. */
export type ReadEvent =
	| { readonly value: JsonValue; readonly status?: undefined; readonly raw?: Uint8Array }
	| { readonly status: number; readonly message: string; readonly raw?: Uint8Array };

const NO_JSON: ReadEvent = { status: 400, message: 'The body is not JSON' };
const NOT_A_FORM: ReadEvent = {
	status: 415,
	message: 'Send the event as JSON, with the content type application/json',
};

function tooLong(limit: number): ReadEvent {
	return { status: 413, message: `The event is longer than ${limit} bytes` };
}

/** Calls whose body the editor's side could not parse, with the status that its parser asks for. */
const unparsed = new WeakMap<IncomingMessage, number>();

/**
 * Lets a route of ours answer for bodies that the editor's side could not parse. Where both share a
 * root, which is the default, the parser stands before every route that a node can add, and what it refuses
 * would be answered with a page of html and logged with its stack. Its error is noted here, behind the parser,
 * and the call goes on to the route.
 */
export function takeOverParsing(red: Red, route: string): void {
	red.httpAdmin.parent?.use((error, request, _response, next) => {
		const [path = ''] = request.originalUrl.toLowerCase().split('?');
		if (!path.includes(`${route}/`)) return next(error);
		const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : 400;
		unparsed.set(request, typeof status === 'number' ? status : 400);
		next();
	});
}

/** An event is an object or a list, as the editor's parser has it too. */
function eventOf(value: unknown): ReadEvent {
	return typeof value === 'object' && value !== null ? { value: value as JsonValue } : NO_JSON;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parse(body: Buffer): unknown {
	try {
		return JSON.parse(utf8.decode(body));
	} catch {
		return undefined;
	}
}

/**
 * Reads the event of a call, alike whether the editor's side has parsed the body already or nobody has.
 * @param limit in bytes
 */
export async function readEvent(request: Request, limit: number): Promise<ReadEvent> {
	const type = request.headers['content-type'] ?? '';
	const status = unparsed.get(request);
	if (status === 413) return tooLong(limit);
	if (/^application\/x-www-form-urlencoded/i.test(type)) return NOT_A_FORM;
	if (status !== undefined) return status === 415 ? NOT_A_FORM : NO_JSON;
	if (request._body) return /^application\/json/i.test(type) ? eventOf(request.body) : NOT_A_FORM;
	const body = await readBody(request, limit);
	return body ? { ...eventOf(parse(body)), raw: body } : tooLong(limit);
}
