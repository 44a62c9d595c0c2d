import type { Ports, SocketHandlers } from '@convoflow/client';
import WebSocket, { type ClientOptions, type RawData } from 'ws';
import { proxyOf, type Network } from './network';
import { openTunnel } from './tunnel';

/** From dialling to the open socket, in ms. */
const HANDSHAKE_MS = 10_000;
/** Longest frame, in bytes. */
const MAX_FRAME = 32 * 1024 * 1024;

function textOf(data: RawData): string {
	if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
	return (Buffer.isBuffer(data) ? data : Buffer.from(data)).toString('utf8');
}

/** Where a proxy stands in the way, the connection is a tunnel through it. */
function through(network: Network, url: string, over: AbortSignal): ClientOptions {
	const target = new URL(url);
	const proxy = proxyOf(network, target);
	if (!proxy) return {};
	const signal = AbortSignal.any([over, AbortSignal.timeout(HANDSHAKE_MS)]);
	const open = (_options: unknown, done: (error: Error | null, socket?: object) => void): undefined => {
		openTunnel(proxy, target, network.tls, signal).then(
			(socket) => done(null, socket),
			(error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
		);
	};
	// The published types know only a connection that is there at once; Node.js also takes one that comes later.
	return { createConnection: open as unknown as NonNullable<ClientOptions['createConnection']> };
}

/**
 * Makes the port that opens web sockets. `destroy` terminates a socket: a half-open connection never closes by
 * itself.
 */
export function makeOpenSocket(network: Network): Ports['openSocket'] {
	return (url, headers, handlers: SocketHandlers) => {
		const over = new AbortController();
		const socket = new WebSocket(url, {
			...network.tls,
			...(network.lookup ? { lookup: network.lookup } : {}),
			...through(network, url, over.signal),
			headers,
			handshakeTimeout: HANDSHAKE_MS,
			maxPayload: MAX_FRAME,
			followRedirects: false,
		});
		let isOver = false;
		let fault = '';
		// Stays attached for good: a socket that is terminated while it dials reports an error afterwards.
		socket.on('error', (error) => {
			fault = error.message;
		});
		socket.on('open', () => {
			if (!isOver) handlers.open();
		});
		socket.on('message', (data, isBinary) => {
			if (!isOver) handlers.message(isBinary ? null : textOf(data));
		});
		socket.on('close', (code, reason) => {
			if (isOver) return;
			isOver = true;
			handlers.close(code, reason.toString('utf8') || fault);
		});
		return {
			send: (text) => socket.send(text),
			destroy: () => {
				isOver = true;
				over.abort();
				socket.terminate();
			},
		};
	};
}
