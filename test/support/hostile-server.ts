import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** A server that answers with bytes of one's own, right or wrong. */
export interface HostileServer {
	/** Begins with `http`, with `https` where it has a certificate. */
	readonly url: string;
	/** Requests that came as a whole, heads and bodies, in order. */
	readonly requests: readonly string[];
	/** Connections that were opened so far. */
	readonly connections: number;
	/** Resolves once no connection is open. */
	readonly idle: () => Promise<void>;
	close(): Promise<void>;
}

/** What is done to a connection whose request has come, with the number of the request from 1. */
export type Misdeed = (socket: Socket, count: number) => void;

/** True once a request is there as a whole, or the beginning of TLS on a server that speaks none. */
function isWhole(text: string): boolean {
	if (text.charCodeAt(0) === 0x16) return true;
	const head = text.indexOf('\r\n\r\n');
	if (head < 0) return false;
	const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
	if (/\r\ntransfer-encoding: *chunked/i.test(text)) return text.endsWith('0\r\n\r\n');
	return Buffer.byteLength(text.slice(head + 4), 'latin1') >= length;
}

/** A complete answer. */
export function answerBytes(
	body: string | Buffer,
	{ status = 200, headers = [] }: { status?: number; headers?: readonly string[] } = {},
): Buffer {
	const bytes = Buffer.from(body);
	const lines = [`HTTP/1.1 ${status} X`, `content-length: ${bytes.length}`, ...headers];
	return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]);
}

/** Starts a server on a free port of this machine, where everything but the request is up to the test. */
export async function hostileServer(misdeed: Misdeed, tls?: TlsOptions): Promise<HostileServer> {
	const sockets = new Set<Socket>();
	const requests: string[] = [];
	let connections = 0;
	const serve = (socket: Socket): void => {
		let text = '';
		socket.on('error', () => undefined);
		socket.setEncoding('latin1').on('data', (chunk: string) => {
			text += chunk;
			if (!isWhole(text)) return;
			requests.push(text);
			text = '';
			misdeed(socket, requests.length);
		});
	};
	const keep = (socket: Socket): void => {
		connections += 1;
		sockets.add(socket);
		socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
	};
	const server: Server = tls ? createTlsServer(tls, serve) : createServer(serve);
	server.on('connection', keep);
	server.on('tlsClientError', () => undefined);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http${tls ? 's' : ''}://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		get connections() {
			return connections;
		},
		idle: async () => {
			const closed = [...sockets].map(
				// An error comes before it, and would count as a rejection.
				async (socket) => await new Promise((resolve) => socket.once('close', resolve)),
			);
			await Promise.all(closed);
		},
		close: async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}
