import { ConvoflowError, type Socket, type SocketHandlers } from '@convoflow/client';

/** Asks the instance whether an address may be reached; n8n before 2.30 has no say in it. */
export type AddressCheck = (url: string) => Promise<boolean>;

/**
 * Makes sure that sockets can be opened at all.
 * @throws CONVOFLOW_NO_WEBSOCKET on a Node that has none
 */
export function requireWebSocket(): void {
	if (typeof WebSocket === 'function') return;
	throw new ConvoflowError(
		'CONVOFLOW_NO_WEBSOCKET',
		'This n8n runs on a Node.js version without web sockets',
		{
			advice: 'Update n8n to 2.10 or later, which runs on Node.js 22 or later.',
		},
	);
}

/** Opens a web socket with the one that Node brings along, once the instance allows its address. */
export function openNativeSocket(
	url: string,
	headers: Readonly<Record<string, string>>,
	handlers: SocketHandlers,
	isAllowed: AddressCheck,
): Socket {
	requireWebSocket();
	const over = new AbortController();
	let socket: WebSocket | undefined;

	const close = (code: number, reason: string): void => {
		if (over.signal.aborted) return;
		over.abort();
		handlers.close(code, reason);
	};
	const dial = (): void => {
		const { signal } = over;
		socket = new WebSocket(url, { headers: { ...headers } });
		socket.addEventListener('open', () => handlers.open(), { signal });
		socket.addEventListener(
			'message',
			({ data }: { data: unknown }) => handlers.message(typeof data === 'string' ? data : null),
			{ signal },
		);
		// A drop without a close frame is an error first; what follows it says the same.
		socket.addEventListener('close', ({ code, reason }) => close(code, reason), { signal });
	};

	void isAllowed(url).then(
		(allowed) => {
			if (over.signal.aborted) return;
			if (allowed) dial();
			else close(1008, 'this n8n does not allow the address');
		},
		() => close(1011, 'the address could not be checked'),
	);
	return {
		send: (text) => {
			if (socket?.readyState !== WebSocket.OPEN) {
				throw new ConvoflowError('CONVOFLOW_NOT_CONNECTED', 'The socket is not open');
			}
			socket.send(text);
		},
		destroy: () => {
			over.abort();
			socket?.close();
		},
	};
}
