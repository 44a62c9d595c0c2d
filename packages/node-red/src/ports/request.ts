import { ConvoflowError, type HttpRequest, type HttpResponse, type StreamedBody } from '@convoflow/client';
import { Readable } from 'node:stream';
import { request as send, type Dispatcher } from 'undici';

/** Longest answer that is read, in bytes. */
const MAX_BODY = 64 * 1024 * 1024;

async function readText(body: AsyncIterable<Buffer>, url: string): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		// Leaving the loop destroys the body and with it the connection.
		if (size > MAX_BODY) {
			throw new ConvoflowError('CONVOFLOW_ANSWER_TOO_LARGE', `${new URL(url).host} sent more than 64 MB`, {
				advice: 'Narrow the request, for example with a limit or a shorter time range.',
			});
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks, size).toString('utf8');
}

function headersOf(
	received: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(received)) {
		if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
	}
	return headers;
}

/** Says how long a body is where that is known; undici then refuses one of another length. */
function lengthOf(upload: StreamedBody | undefined): Record<string, string> {
	return upload?.length === undefined ? {} : { 'content-length': String(upload.length) };
}

/** Sends one request and reads its answer to the end. Redirects are answers like any other. */
export async function request(dispatcher: Dispatcher, asked: HttpRequest): Promise<HttpResponse> {
	const response = await send(asked.url, {
		dispatcher,
		method: asked.method,
		headers: { ...asked.headers, ...lengthOf(asked.upload) },
		body: asked.upload ? Readable.from(asked.upload.chunks) : (asked.body ?? null),
		signal: asked.signal,
		headersTimeout: asked.timeoutMs,
		bodyTimeout: asked.timeoutMs,
	});
	return {
		status: response.statusCode,
		headers: headersOf(response.headers),
		text: await readText(response.body as AsyncIterable<Buffer>, asked.url),
	};
}
