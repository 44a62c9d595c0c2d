import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Recorded {
	readonly method: string;
	/** Path with query. */
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

/** An answer; the body is sent as it is. */
export interface Answer {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body: string;
}

/** A server that answers as it is told and remembers what it was asked. */
export interface Recorder {
	readonly url: string;
	readonly requests: readonly Recorded[];
	close(): Promise<void>;
}

/** Starts a recorder on a free port. Without an answer a request hangs until the server closes. */
export async function startRecorder(
	answer: (request: Recorded) => Answer | undefined | Promise<Answer | undefined>,
): Promise<Recorder> {
	const requests: Recorded[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method = '', url = '', headers } = request;
			const recorded = { method, url, headers, body: Buffer.concat(chunks).toString() };
			requests.push(recorded);
			void Promise.resolve(answer(recorded)).then((said) => {
				if (said) response.writeHead(said.status ?? 200, said.headers).end(said.body);
			});
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
