import { aborted, ConvoflowError } from '../../errors';
import { isObject, textOf } from '../../json';
import type { JsonObject, Ports } from '../../ports';
import { Deliveries, type TraceId } from './deliveries';
import type { StreamKind } from './frames';
import type { StreamPosition } from './position';
import { FlowAiStream, type StreamStatus } from './session';
import type { FlowAiSocketClient } from './socket-client';

/** What someone who uses a thread wants to hear. */
export interface ThreadListener {
	/** An event of the thread, in the order of the socket. */
	onEvent?(kind: StreamKind, output: JsonObject): void;
	/** Where the connection stands: once at the start and after every change. */
	onStatus?(status: StreamStatus): void;
	/**
	 * Gives its place up, where all are taken and another thread needs one. Only a thread whose users all have it is
	 * ended for another; who leaves it out stays.
	 */
	makeRoom?(): void;
}

/** How long to wait. */
export interface WaitOptions {
	/** Longest wait, in ms. */
	readonly withinMs?: number | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** How to send a message. */
export interface SendMessageOptions {
	/** While the connection is down: wait for it (default), or refuse at once. */
	readonly whileDown?: 'wait' | 'refuse' | undefined;
	/** Longest wait for the connection, in ms. Default 20,000. */
	readonly connectWithinMs?: number | undefined;
	/** Longest wait for `message.delivered`, in ms. Default 10,000. */
	readonly deliverWithinMs?: number | undefined;
	readonly signal?: AbortSignal | undefined;
}

const CONNECT_WITHIN_MS = 20_000;
const DELIVER_WITHIN_MS = 10_000;
/** Messages of one thread that may wait for its connection. */
const MAX_WAITING = 100;
/** Events that are kept for the next user while there is none. */
const MAX_UNHEARD = 1_000;

function notConnected(why: string): ConvoflowError {
	return new ConvoflowError('FLOWAI_STREAM_UNAVAILABLE', `The stream of Flow.ai is not connected: ${why}`, {
		advice: 'Nothing was sent. Check the client ID and the base URL in the credential, and try again.',
	});
}

/** The connection of one thread and everyone who uses it. */
export class SharedThread {
	readonly threadId: string;
	readonly users = new Set<ThreadListener>();
	readonly #ports: Ports;
	readonly #client: FlowAiSocketClient;
	readonly #stream: FlowAiStream;
	readonly #deliveries = new Deliveries();
	/** What came while nobody used the thread, as it is between two deploys. */
	readonly #unheard: (readonly [StreamKind, JsonObject])[] = [];
	#isListenedTo = false;
	#why = 'it is being opened';
	#waiting = 0;

	constructor(ports: Ports, client: FlowAiSocketClient, threadId: string, position?: StreamPosition) {
		this.threadId = threadId;
		this.#ports = ports;
		this.#client = client;
		this.#stream = new FlowAiStream(ports, client, {
			threadId,
			origin: client.origin,
			position,
			onEvent: (kind, output) => this.#onEvent(kind, output),
			onStatus: (status) => this.#onStatus(status),
		});
		// How it ends is told by its status.
		this.#stream.start().catch(() => undefined);
	}

	/** Where the connection stands. */
	get status(): StreamStatus {
		return this.#stream.status;
	}

	/** How far the thread was put out. */
	get position(): StreamPosition | undefined {
		return this.#stream.position;
	}

	/** Id of its session, which calls beside the socket name. */
	get sessionId(): string {
		return this.#stream.sessionId;
	}

	/** Someone listens: he gets what came since the last one left, and missed messages are recovered from now on. */
	listen(user: ThreadListener): void {
		this.#isListenedTo = true;
		this.#stream.listen();
		for (const [kind, output] of this.#unheard.splice(0)) user.onEvent?.(kind, output);
	}

	/**
	 * Waits until the connection works.
	 * @throws what Flow.ai refused for good, `FLOWAI_STREAM_UNAVAILABLE` when the time is over,
	 * `CONVOFLOW_ABORTED`
	 */
	async connected({ withinMs = CONNECT_WITHIN_MS, signal }: WaitOptions = {}): Promise<void> {
		if (signal?.aborted) throw aborted();
		const { status } = this;
		if (status.state === 'connected') return;
		if (status.state === 'failed') throw status.error;
		const over = new AbortController();
		await new Promise<void>((resolve, reject) => {
			const listener: ThreadListener = {
				onStatus: (now) => {
					if (now.state === 'connected') resolve();
					else if (now.state === 'failed') reject(now.error);
					else if (now.state === 'stopped') reject(aborted());
				},
			};
			this.users.add(listener);
			over.signal.addEventListener('abort', () => this.users.delete(listener));
			const limit = signal ? AbortSignal.any([over.signal, signal]) : over.signal;
			this.#ports.sleep(withinMs, limit).then(
				() => reject(notConnected(this.#why)),
				() => reject(aborted()),
			);
		}).finally(() => over.abort());
	}

	/** Sends a frame. @throws `CONVOFLOW_NOT_CONNECTED` */
	send(frame: JsonObject): void {
		this.#stream.send(frame);
	}

	/**
	 * Sends a message and waits for its confirmation. It is sent once: after a loss nobody knows whether it
	 * arrived (Flow.ai reference §5.6).
	 * @param message payload of `message.send` with its `traceId`; thread and nonce are added
	 * @returns the payload of `message.delivered`
	 */
	async sendMessage(
		message: JsonObject & { readonly traceId: TraceId },
		options: SendMessageOptions = {},
	): Promise<JsonObject> {
		const { whileDown = 'wait', connectWithinMs, deliverWithinMs = DELIVER_WITHIN_MS, signal } = options;
		if (this.status.state !== 'connected') {
			if (whileDown === 'refuse') throw notConnected(this.#why);
			await this.#turn({ withinMs: connectWithinMs, signal });
		}
		if (signal?.aborted) throw aborted();
		const nonce = this.#client.nonceOf(this.threadId);
		const payload: JsonObject = {
			...message,
			threadId: this.threadId,
			...(nonce === undefined ? {} : { nonce }),
		};
		this.send({ type: 'message.send', payload });
		return await this.#delivered(message.traceId, deliverWithinMs, signal);
	}

	/** Ends the connection for good. Safe to repeat. */
	async stop(): Promise<void> {
		this.#deliveries.lose('the connection was closed');
		await this.#stream.stop();
	}

	async #turn(wait: WaitOptions): Promise<void> {
		if (this.#waiting >= MAX_WAITING) {
			throw new ConvoflowError('CONVOFLOW_QUEUE_FULL', 'Too many messages wait for the stream of Flow.ai', {
				advice: 'Nothing was sent. Wait until the stream is connected again.',
			});
		}
		this.#waiting += 1;
		try {
			await this.connected(wait);
		} finally {
			this.#waiting -= 1;
		}
	}

	async #delivered(traceId: TraceId, withinMs: number, signal: AbortSignal | undefined): Promise<JsonObject> {
		const sent = this.#deliveries.expect(traceId);
		const over = new AbortController();
		const limit = signal ? AbortSignal.any([over.signal, signal]) : over.signal;
		this.#ports.sleep(withinMs, limit).then(
			() => sent.giveUp('Flow.ai did not confirm it in time'),
			() => sent.giveUp('stopped before Flow.ai confirmed it'),
		);
		return await sent.confirmed.finally(() => over.abort());
	}

	#onEvent(kind: StreamKind, output: JsonObject): void {
		if (kind === 'delivered') {
			const body = isObject(output['body']) ? output['body'] : {};
			this.#deliveries.confirm(output['traceId'], isObject(body['payload']) ? body['payload'] : {});
		}
		if (kind === 'error') this.#deliveries.refuse(textOf(output['text']) ?? '');
		const isUnheard = this.#isListenedTo && this.users.size === 0;
		if (isUnheard && this.#unheard.length < MAX_UNHEARD) this.#unheard.push([kind, output]);
		this.#tell((user) => user.onEvent?.(kind, output));
	}

	#onStatus(status: StreamStatus): void {
		if (status.state === 'waiting') {
			this.#why = status.why;
			this.#deliveries.lose(status.why);
		}
		if (status.state === 'failed') this.#deliveries.lose(status.error.message);
		this.#tell((user) => user.onStatus?.(status));
		if (status.state === 'connecting' || status.state === 'stopped') return;
		const output = connectionOutput(this.threadId, status);
		this.#tell((user) => user.onEvent?.('connection', output));
	}

	/** One user's fault must not keep an event from the others. */
	#tell(tell: (user: ThreadListener) => void): void {
		for (const user of [...this.users]) {
			try {
				tell(user);
			} catch (error) {
				const words = error instanceof Error ? error.message : 'unknown';
				this.#ports.log('error', `Stream: an event could not be handled: ${words}`);
			}
		}
	}
}

/** The output of a change of the connection. */
function connectionOutput(
	threadId: string,
	status: Extract<StreamStatus, { readonly state: 'connected' | 'waiting' | 'failed' }>,
): JsonObject {
	const { state } = status;
	return {
		event: 'connection',
		eventName: null,
		eventKey: null,
		threadId,
		state,
		text: state === 'connected' ? 'connected' : state === 'waiting' ? status.why : status.error.message,
		retryInMs: state === 'waiting' ? status.retryInMs : null,
		body: {},
	};
}
