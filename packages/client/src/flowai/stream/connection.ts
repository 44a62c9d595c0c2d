import type { JsonObject, Ports, Socket } from '../../ports';
import type { Ending } from './endings';
import { readFrame, type StreamFrame } from './frames';

/** Limits of one connection, all in ms. */
export interface ConnectionLimits {
	/** From dialling to the open socket. */
	readonly handshakeMs: number;
	/** Frames sent right after opening get lost (Flow.ai reference §5.1), so the first waits this long. */
	readonly settleMs: number;
	/** From the first ping to the first frame of the service. */
	readonly firstFrameMs: number;
	/** A ping goes out this long after our last frame; the service hangs up after 50 s (001, Keep alive). */
	readonly pingMs: number;
	/** Without any frame this long after a ping the connection is dead. */
	readonly pongMs: number;
}

/** The limits used unless a test says otherwise. */
export const DEFAULT_LIMITS = {
	handshakeMs: 10_000,
	settleMs: 50,
	firstFrameMs: 10_000,
	pingMs: 22_000,
	pongMs: 10_000,
} as const satisfies ConnectionLimits;

/** What the session wants to hear. */
export interface ConnectionListener {
	/** The service has sent its first frame: the connection works. */
	connected(): void;
	frame(frame: StreamFrame): void;
}

/**
 * One physical socket, thrown away after use. It has one exit: `#end`, which settles `ended` once, stops every
 * wait and destroys the socket.
 */
export class Connection {
	readonly ended: Promise<Ending>;
	readonly #ports: Ports;
	readonly #limits: ConnectionLimits;
	readonly #listener: ConnectionListener;
	readonly #over = new AbortController();
	readonly #socket: Socket;
	#settle: (ending: Ending) => void = () => undefined;
	#isOpen = false;
	#hasSpoken = false;
	#lastSentMs = 0;
	#lastReceivedMs = 0;
	#pings = 0;
	#pongs = 0;
	readonly #awaitedPongs = new Map<number, () => void>();

	constructor(
		ports: Ports,
		url: string,
		headers: Readonly<Record<string, string>>,
		listener: ConnectionListener,
		limits: ConnectionLimits,
	) {
		this.#ports = ports;
		this.#limits = limits;
		this.#listener = listener;
		this.ended = new Promise((resolve) => {
			this.#settle = resolve;
		});
		this.#socket = ports.openSocket(url, headers, {
			open: () => this.#opened(),
			message: (text) => this.#received(text),
			close: (code, reason) =>
				this.#end({
					reason: this.#isOpen ? 'closed' : 'handshake',
					detail: reason ? `${code}, ${reason}` : String(code),
				}),
		});
		this.#guard(this.#limitHandshake());
	}

	/** Sends a frame. Throws when the connection is not open. */
	send(frame: JsonObject): void {
		this.#socket.send(JSON.stringify(frame));
		this.#lastSentMs = this.#ports.now();
	}

	/**
	 * Sends a ping and waits for its pong: what the service sent before has arrived then.
	 * @returns at the latest when the limit for an answer is over, or the connection
	 */
	async roundTrip(): Promise<void> {
		if (this.#over.signal.aborted) return;
		const over = new AbortController();
		const signal = AbortSignal.any([over.signal, this.#over.signal]);
		this.#ping();
		const number = this.#pings;
		const answered = new Promise<void>((resolve) => this.#awaitedPongs.set(number, resolve));
		const late = this.#ports.sleep(this.#limits.pongMs, signal).catch(() => undefined);
		await Promise.race([answered, late]);
		this.#awaitedPongs.delete(number);
		over.abort();
	}

	/** Ends the connection for good. Safe to repeat. */
	stop(): void {
		this.#end({ reason: 'stopped' });
	}

	#end(ending: Ending): void {
		if (this.#over.signal.aborted) return;
		this.#over.abort();
		// The constructor may still be running when a socket fails inside the call that opens it.
		void Promise.resolve().then(() => this.#socket.destroy());
		this.#settle(ending);
	}

	#opened(): void {
		this.#isOpen = true;
		this.#guard(this.#keepAlive());
	}

	#received(text: string | null): void {
		if (this.#over.signal.aborted) return;
		this.#lastReceivedMs = this.#ports.now();
		const frame = readFrame(text);
		if (!frame) {
			this.#ports.log('warn', 'A frame of the stream could not be read and was left out');
			return;
		}
		if (!this.#hasSpoken) {
			this.#hasSpoken = true;
			this.#listener.connected();
		}
		if (frame.kind === 'pong') this.#answered();
		this.#listener.frame(frame);
	}

	/** A pong answers the oldest ping without one. */
	#answered(): void {
		this.#pongs = Math.min(this.#pongs + 1, this.#pings);
		this.#awaitedPongs.get(this.#pongs)?.();
	}

	async #limitHandshake(): Promise<void> {
		await this.#sleep(this.#limits.handshakeMs);
		if (!this.#isOpen) this.#end({ reason: 'handshake', detail: 'no answer in time' });
	}

	async #keepAlive(): Promise<void> {
		const { settleMs, firstFrameMs, pingMs, pongMs } = this.#limits;
		await this.#sleep(settleMs);
		let pingedMs = this.#ping();
		let answerWithinMs = firstFrameMs;
		while (!this.#over.signal.aborted) {
			const now = this.#ports.now();
			const isAnswered = this.#hasSpoken && this.#lastReceivedMs >= pingedMs;
			if (!isAnswered) {
				const leftMs = pingedMs + answerWithinMs - now;
				if (leftMs <= 0) {
					this.#end({ reason: this.#hasSpoken ? 'silent' : 'mute', detail: 'no frame in time' });
					return;
				}
				// Looks again now and then: a frame may answer the ping while this waits.
				await this.#sleep(Math.min(leftMs, 1_000));
				continue;
			}
			const untilPingMs = this.#lastSentMs + pingMs - now;
			if (untilPingMs > 0) {
				await this.#sleep(untilPingMs);
				continue;
			}
			pingedMs = this.#ping();
			answerWithinMs = pongMs;
		}
	}

	#ping(): number {
		if (!this.#over.signal.aborted) {
			this.send({ type: 'ping' });
			this.#pings += 1;
		}
		return this.#ports.now();
	}

	/** A wait that ends with the connection. */
	async #sleep(ms: number): Promise<void> {
		await this.#ports.sleep(ms, this.#over.signal).catch(() => undefined);
	}

	#guard(work: Promise<void>): void {
		work.catch((error: unknown) => {
			this.#end({ reason: 'failed', detail: error instanceof Error ? error.message : 'unknown' });
		});
	}
}
