import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived, its body as bytes. */
export interface ReceivedBytes {
	readonly method: string;
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
}

/** A server that keeps the bytes it is sent. */
export interface BytesServer {
	readonly url: string;
	readonly received: ReceivedBytes[];
	close(): Promise<void>;
}

/** Starts a server on a free port of this machine; each request is answered with the next status, the last one again. */
export async function bytesServer(statuses: readonly number[] = [200]): Promise<BytesServer> {
	const received: ReceivedBytes[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method = '', url = '', headers } = request;
			received.push({ method, url, headers, body: Buffer.concat(chunks) });
			const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 200;
			response.writeHead(status, status === 200 ? {} : { 'retry-after': '0' }).end('{"status":"ok"}');
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
