/** A JSON value as it travels to and from a service. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A JSON object as it travels to and from a service. */
export type JsonObject = { [key: string]: JsonValue };

/** A body that is read while it is sent, once. */
export interface StreamedBody {
	/** In bytes; undefined where only the end tells. */
	readonly length: number | undefined;
	/** A rejection ends the request: what was sent so far is no whole body. */
	readonly chunks: AsyncIterable<Uint8Array>;
}

/** One HTTP request, complete but for authentication, which the host adds. */
export interface HttpRequest {
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Absolute, already encoded. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Text to send as it is. */
	readonly body?: string;
	/** Sent in place of `body`. */
	readonly upload?: StreamedBody;
	/** Limit for one attempt, headers and body, in ms. */
	readonly timeoutMs: number;
	/** Ends the attempt: the caller stopped or the limit ran out. */
	readonly signal: AbortSignal;
}

/** What came back, read to the end. Every status is a response, never a rejection. */
export interface HttpResponse {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
}

/** What happens on a socket. After `close` nothing else is called. */
export interface SocketHandlers {
	open(): void;
	/** A text frame; binary frames arrive as null. */
	message(text: string | null): void;
	close(code: number, reason: string): void;
}

/** A socket that was asked for. */
export interface Socket {
	/** Sends a text frame. Throws when the socket is not open. */
	send(text: string): void;
	/** Ends the socket for good and at once: no handler is called afterwards. Safe to repeat. */
	destroy(): void;
}

/** How loud a log line is. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/**
 * Everything that differs from host to host. The client itself uses the language and web standards only,
 * so that it runs unchanged inside n8n and Node-RED.
 */
export interface Ports {
	/**
	 * Sends one authenticated request without following redirects. Rejects only when there is no complete
	 * response; the reason is read by `classifyFailure`.
	 */
	request(request: HttpRequest): Promise<HttpResponse>;
	/** Waits `ms` milliseconds; rejects at once when `signal` fires. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** Starts opening a web socket. `headers` are sent with the upgrade where the host can. */
	openSocket(url: string, headers: Readonly<Record<string, string>>, handlers: SocketHandlers): Socket;
	/** Milliseconds since the epoch. */
	now(): number;
	/** Writes to the host's log. Never given a secret. */
	log(level: LogLevel, message: string): void;
	/** Takes the host's secrets out of a text. */
	redact(text: string): string;
}
