import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { readAnswer, type Ports } from '@convoflow/client';
import { Agent, request as undiciRequest } from 'undici';

/** Ports over real connections; `close` ends every one of them. */
export interface RealPorts extends Ports {
	close(): Promise<void>;
}

/**
 * Makes ports that reach real servers, as plain as they can be.
 * @param signature headers that every request carries
 */
export function realPorts(signature: Readonly<Record<string, string>> = {}): RealPorts {
	const dispatcher = new Agent();
	return {
		request: async ({ method, url, headers, body, upload, signal }) => {
			const response = await undiciRequest(url, {
				dispatcher,
				method,
				headers: { ...headers, ...signature },
				signal,
				...(body === undefined ? {} : { body }),
				...(upload ? { body: Readable.from(upload.chunks, { objectMode: false }) } : {}),
			});
			return {
				status: response.statusCode,
				headers: Object.fromEntries(
					Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
				),
				text: await readAnswer(response.statusCode, response.body, url, signal),
			};
		},
		sleep: async (ms, signal) => {
			await sleep(ms, undefined, signal ? { signal } : {});
		},
		openSocket: () => {
			throw new Error('no socket is expected here');
		},
		now: () => Date.now(),
		log: () => undefined,
		redact: (words) => words,
		close: () => dispatcher.destroy(),
	};
}
