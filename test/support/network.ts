import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Certificate } from './certificate';

/** A server of a test. */
export interface LocalServer {
	readonly port: number;
	close(): Promise<void>;
}

async function listen(server: Server): Promise<LocalServer> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		close: async () => {
			server.close();
			for (const socket of sockets) socket.destroy();
			await once(server, 'close');
		},
	};
}

/** Passes bytes on in both directions until one side ends. */
function join(one: Socket, other: Socket): void {
	one.pipe(other);
	other.pipe(one);
	for (const [socket, peer] of [
		[one, other],
		[other, one],
	] as const) {
		socket.on('error', () => peer.destroy());
		socket.on('close', () => peer.destroy());
	}
}

/** Passes a request on and its answer back. @param edit changes the answer's text */
function forward(
	request: IncomingMessage,
	response: ServerResponse,
	port: number,
	path: string,
	edit: (text: string) => string = (text) => text,
): void {
	const { method, headers } = request;
	const onward = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
		const chunks: Buffer[] = [];
		answer.on('data', (chunk: Buffer) => chunks.push(chunk));
		answer.on('end', () => {
			const text = edit(Buffer.concat(chunks).toString());
			const type = answer.headers['content-type'];
			response.writeHead(answer.statusCode ?? 502, type === undefined ? {} : { 'content-type': type });
			response.end(text);
		});
	});
	onward.on('error', () => response.destroy());
	request.pipe(onward);
}

/** A server that speaks TLS in front of one that does not; addresses of sockets in its answers become `wss:`. */
export async function tlsFront(port: number, certificate: Certificate): Promise<LocalServer> {
	const server = createSecureServer({ ...certificate }, (request, response) => {
		forward(request, response, port, request.url ?? '/', (text) => text.replaceAll('"ws://', '"wss://'));
	});
	server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
		const onward = connect(port, '127.0.0.1', () => {
			const { rawHeaders, method, url } = request;
			const pairs = rawHeaders.map((value, index) => (index % 2 === 0 ? `${value}: ` : `${value}\r\n`));
			onward.write(`${method} ${url} HTTP/1.1\r\n${pairs.join('')}\r\n`);
			onward.write(head);
			join(socket, onward);
		});
		onward.on('error', () => socket.destroy());
	});
	return await listen(server);
}

/** A proxy that keeps a list of what it was asked for. */
export interface HttpProxy extends LocalServer {
	/** `CONNECT host:port`, or the method and the whole address. */
	readonly asked: string[];
}

/**
 * Starts an HTTP proxy. It finds every name at this machine, as one inside a company does.
 * @param portOf where the hosts that it is asked for listen
 * @param account name and password to be given, with a colon between them
 */
export async function httpProxy(portOf: (target: string) => number, account?: string): Promise<HttpProxy> {
	const asked: string[] = [];
	const wanted = account === undefined ? undefined : `Basic ${Buffer.from(account).toString('base64')}`;
	const isAllowed = ({ headers }: IncomingMessage): boolean =>
		wanted === undefined || headers['proxy-authorization'] === wanted;
	const server = createServer((request, response) => {
		const { method, url = '' } = request;
		asked.push(`${method} ${url}`);
		if (!isAllowed(request)) {
			response.writeHead(407).end();
			return;
		}
		const { host, pathname, search } = new URL(url);
		delete request.headers['proxy-authorization'];
		forward(request, response, portOf(host), `${pathname}${search}`);
	});
	server.on('connect', (request: IncomingMessage, socket: Socket) => {
		asked.push(`CONNECT ${request.url}`);
		if (!isAllowed(request)) {
			socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
			return;
		}
		const onward = connect(portOf(request.url ?? ''), '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			join(socket, onward);
		});
		onward.on('error', () => socket.destroy());
	});
	return { ...(await listen(server)), asked };
}
