import type { Socket, SocketHandlers } from '@convoflow/client';
import WebSocket, { type RawData } from 'ws';

/** From dialling to the open socket, in ms. */
const HANDSHAKE_MS = 10_000;
/** Longest frame, in bytes. */
const MAX_FRAME = 32 * 1024 * 1024;

function textOf(data: RawData): string {
	if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
	return Buffer.from(data as Buffer).toString('utf8');
}

/** Starts opening a web socket. `destroy` terminates it: a half-open connection never closes by itself. */
export function openSocket(
	url: string,
	headers: Readonly<Record<string, string>>,
	handlers: SocketHandlers,
): Socket {
	const socket = new WebSocket(url, {
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
			socket.terminate();
		},
	};
}
