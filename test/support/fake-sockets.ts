import type { JsonValue, Ports, Socket, SocketHandlers } from '@convoflow/client';

/** A socket whose other side is the test. */
export class FakeSocket implements Socket {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	/** The handlers as they were given, for calls that a real socket would no longer make. */
	readonly handlers: SocketHandlers;
	/** Frames received from the client. */
	readonly sent: unknown[] = [];
	isOpen = false;
	isOver = false;
	destroyed = 0;

	constructor(url: string, headers: Readonly<Record<string, string>>, handlers: SocketHandlers) {
		this.url = url;
		this.headers = headers;
		this.handlers = handlers;
	}

	send(text: string): void {
		if (!this.isOpen) throw new Error('the socket is not open');
		this.sent.push(JSON.parse(text));
	}

	destroy(): void {
		this.destroyed += 1;
		this.isOver = true;
		this.isOpen = false;
	}

	/** The handshake is done. */
	open(): void {
		if (this.isOver) return;
		this.isOpen = true;
		this.handlers.open();
	}

	/** A text frame comes in; null stands for a binary one. */
	receive(frame: JsonValue | undefined): void {
		if (this.isOpen) this.handlers.message(frame === null ? null : JSON.stringify(frame));
	}

	/** A frame comes in that is not JSON. */
	receiveText(text: string): void {
		if (this.isOpen) this.handlers.message(text);
	}

	/** The other side hangs up. */
	drop(code = 1006, reason = ''): void {
		if (this.isOver) return;
		this.isOver = true;
		this.isOpen = false;
		this.handlers.close(code, reason);
	}
}

/** Keeps every socket that was asked for. */
export class FakeSockets {
	readonly all: FakeSocket[] = [];

	readonly open: Ports['openSocket'] = (url, headers, handlers) => {
		const socket = new FakeSocket(url, headers, handlers);
		this.all.push(socket);
		return socket;
	};

	/** Sockets that are neither closed nor destroyed. */
	get live(): FakeSocket[] {
		return this.all.filter((socket) => !socket.isOver);
	}

	/** The newest socket. */
	get last(): FakeSocket {
		const socket = this.all.at(-1);
		if (!socket) throw new Error('no socket was asked for');
		return socket;
	}
}
