import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of a few lines inside a test. */
export interface RawServer {
	readonly url: string;
	/** Bodies of the requests that came, in order. */
	readonly bodies: string[];
	close(): Promise<void>;
}

/** Reads a request to its end. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	return body;
}

/**
 * Starts a server on a free port of this machine.
 * @param answer called once a request is complete, with its number from 1
 */
export async function rawServer(
	answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<RawServer> {
	const bodies: string[] = [];
	const listener: RequestListener = (request, response) => {
		void bodyOf(request).then((body) => {
			bodies.push(body);
			answer(request, response, bodies.length);
		});
	};
	const server = createServer(listener);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		bodies,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

/** An address of this machine at which nothing listens. */
export async function closedAddress(): Promise<string> {
	const server = await rawServer(() => undefined);
	await server.close();
	return server.url;
}
