import { aborted, ConvoflowError, isConvoflowError, toConvoflowError } from '../../errors';
import type { JsonObject, Ports } from '../../ports';
import { Connection, DEFAULT_LIMITS, type ConnectionLimits } from './connection';
import { backOffMs, describeEnding, nextStep, type Ending } from './endings';
import type { StreamFrame, StreamKind } from './frames';
import type { StreamPosition } from './position';
import { Recovery } from './recovery';
import type { FlowAiSocketClient } from './socket-client';

/** Where a session stands. */
export type StreamStatus =
	| { readonly state: 'connecting' }
	| { readonly state: 'connected' }
	| { readonly state: 'waiting'; readonly retryInMs: number; readonly why: string }
	| { readonly state: 'failed'; readonly error: ConvoflowError }
	| { readonly state: 'stopped' };

/** How to listen. */
export interface StreamOptions {
	readonly threadId: string;
	/** Sent with the upgrade where the channel has a list of domains. */
	readonly origin?: string | undefined;
	/** An event of this thread; messages keep their order. A throw is logged and does not end the session. */
	onEvent(kind: StreamKind, output: JsonObject): void;
	onStatus?(status: StreamStatus): void;
	readonly limits?: Partial<ConnectionLimits>;
	/** Back-off starts anew after a connection has worked this long, in ms. Default 5,000. */
	readonly provenMs?: number;
	/** Where an earlier process ended: what came meanwhile is recovered. */
	readonly position?: StreamPosition | undefined;
}

const PROVEN_MS = 5_000;
/** Longest wait on request of the service, in ms: a broken header must not silence the stream for a day. */
const LONGEST_ASKED_MS = 600_000;

/**
 * Listens to one thread: endpoint, connection, keep-alive, and a new connection after every loss until it is
 * stopped or Flow.ai refuses for good. One loop, one status.
 */
export class FlowAiStream {
	readonly #ports: Ports;
	readonly #client: FlowAiSocketClient;
	readonly #options: StreamOptions;
	readonly #limits: ConnectionLimits;
	readonly #stop = new AbortController();
	readonly #recovery: Recovery;
	#connection: Connection | undefined;
	#loop: Promise<void> | undefined;
	#status: StreamStatus = { state: 'stopped' };
	#sessionId = '';

	constructor(ports: Ports, client: FlowAiSocketClient, options: StreamOptions) {
		this.#ports = ports;
		this.#client = client;
		this.#options = options;
		this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
		this.#recovery = new Recovery({
			threadId: options.threadId,
			ports,
			signal: this.#stop.signal,
			history: async () => await client.history(options.threadId, this.#stop.signal),
			emit: (kind, output) => this.#emit(kind, output),
			position: options.position,
		});
	}

	/** How far the thread was put out, the event at hand included; undefined before the first connection. */
	get position(): StreamPosition | undefined {
		return this.#recovery.position;
	}

	/** Where the session stands. */
	get status(): StreamStatus {
		return this.#status;
	}

	/** Id of the session that is connected, or was last. */
	get sessionId(): string {
		return this.#sessionId;
	}

	/**
	 * Starts listening, once.
	 * @returns when the first connection works
	 * @throws what Flow.ai refused for good, or `CONVOFLOW_ABORTED` when stopped before
	 */
	start(): Promise<void> {
		return new Promise((resolve, reject) => {
			if (this.#loop || this.#stop.signal.aborted) {
				reject(aborted());
				return;
			}
			this.#loop = this.#run(resolve).then(reject, reject);
		});
	}

	/** From now on messages that are missed while the connection is down are read from the history. */
	listen(): void {
		const connection = this.#status.state === 'connected' ? this.#connection : undefined;
		this.#recovery.enable(connection && (async () => await connection.roundTrip()));
	}

	/**
	 * Sends a frame at once.
	 * @throws `CONVOFLOW_NOT_CONNECTED` unless the session is connected
	 */
	send(frame: JsonObject): void {
		if (this.#status.state !== 'connected' || !this.#connection) {
			throw new ConvoflowError('CONVOFLOW_NOT_CONNECTED', 'The stream of Flow.ai is not connected', {
				advice: 'Nothing was sent. Wait until the stream is connected again.',
			});
		}
		this.#connection.send(frame);
	}

	/** Stops for good; every socket and wait is gone when it resolves. Safe to repeat. */
	async stop(): Promise<void> {
		this.#stop.abort();
		this.#connection?.stop();
		await this.#loop;
		await this.#recovery.done;
		if (this.#status.state !== 'failed') this.#setStatus({ state: 'stopped' });
	}

	/** @returns the error that ended the session */
	async #run(onFirst: () => void): Promise<ConvoflowError> {
		let attempt = 0;
		let hasConnected = false;
		for (;;) {
			this.#setStatus({ state: 'connecting' });
			let connectedMs: number | undefined;
			const ending = await this.#connectOnce(() => {
				connectedMs = this.#ports.now();
				hasConnected = true;
				const connection = this.#connection;
				if (connection) this.#recovery.begin(async () => await connection.roundTrip());
				this.#setStatus({ state: 'connected' });
				onFirst();
			});
			this.#connection = undefined;
			this.#recovery.lost();
			if (this.#stop.signal.aborted) return aborted();
			if (ending.reason === 'endpoint' && nextStep(ending, hasConnected) === 'stop') {
				this.#setStatus({ state: 'failed', error: ending.error });
				return ending.error;
			}
			const isProven =
				connectedMs !== undefined && this.#ports.now() - connectedMs >= (this.#options.provenMs ?? PROVEN_MS);
			attempt = isProven ? 1 : attempt + 1;
			const askedMs = ending.reason === 'endpoint' ? (ending.error.retryAfterMs ?? 0) : 0;
			const retryInMs = Math.max(backOffMs(attempt, Math.random()), Math.min(askedMs, LONGEST_ASKED_MS));
			const why = describeEnding(ending);
			this.#ports.log('info', `Stream: ${why}; next attempt in ${retryInMs} ms`);
			this.#setStatus({ state: 'waiting', retryInMs, why });
			await this.#ports.sleep(retryInMs, this.#stop.signal).catch(() => undefined);
			if (this.#stop.signal.aborted) return aborted();
		}
	}

	/** Fetches an endpoint and dials it: one unit, since an endpoint is good for one connection. */
	async #connectOnce(onConnected: () => void): Promise<Ending> {
		const { threadId, origin } = this.#options;
		this.#sessionId = crypto.randomUUID();
		let url: string;
		try {
			url = await this.#client.endpoint({
				threadId,
				sessionId: this.#sessionId,
				signal: this.#stop.signal,
			});
		} catch (error) {
			return { reason: 'endpoint', error: toConvoflowError(error) };
		}
		if (this.#stop.signal.aborted) return { reason: 'stopped' };
		try {
			this.#connection = new Connection(
				this.#ports,
				url,
				origin ? { origin } : {},
				{ connected: onConnected, frame: (frame) => this.#received(frame) },
				this.#limits,
			);
		} catch (error) {
			// A host that cannot dial at all says so itself; anything else may be cured by a new address.
			if (isConvoflowError(error)) return { reason: 'endpoint', error };
			return { reason: 'handshake', detail: error instanceof Error ? error.message : 'could not be dialled' };
		}
		return await this.#connection.ended;
	}

	#received(frame: StreamFrame): void {
		if (frame.kind === 'secret' && frame.secret)
			this.#client.keepSecret(this.#options.threadId, frame.secret);
		// Which connection gets which frame is documented nowhere: a frame of another thread is not ours.
		if (frame.threadId !== undefined && frame.threadId !== this.#options.threadId) return;
		this.#recovery.take(frame);
	}

	#emit(kind: StreamKind, output: JsonObject): void {
		if (this.#stop.signal.aborted) return;
		try {
			this.#options.onEvent(kind, output);
		} catch (error) {
			this.#ports.log('error', `Stream: an event could not be handled: ${toConvoflowError(error).message}`);
		}
	}

	#setStatus(status: StreamStatus): void {
		this.#status = status;
		try {
			this.#options.onStatus?.(status);
		} catch (error) {
			this.#ports.log('error', `Stream: a status could not be shown: ${toConvoflowError(error).message}`);
		}
	}
}
