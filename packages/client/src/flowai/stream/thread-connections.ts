import { aborted, ConvoflowError } from '../../errors';
import type { JsonObject, Ports } from '../../ports';
import type { TraceId } from './deliveries';
import type { StreamPosition } from './position';
import type { StreamStatus } from './session';
import {
	SharedThread,
	type SendMessageOptions,
	type ThreadListener,
	type WaitOptions,
} from './shared-thread';
import type { FlowAiSocketClient } from './socket-client';

/** Limits of a client's connections. */
export interface ThreadConnectionsOptions {
	/** Threads connected at once. Default 20. */
	readonly maxThreads?: number | undefined;
	/** A connection stays this long after its last user left, in ms. Default 10,000. */
	readonly lingerMs?: number | undefined;
}

/** The use of a thread's connection, until it is released. */
export interface ThreadLease {
	readonly threadId: string;
	/** Where the connection stands. */
	readonly status: StreamStatus;
	/** How far the thread was put out, the event at hand included; undefined before the first connection. */
	readonly position: StreamPosition | undefined;
	/** Id of its session, which calls beside the socket name. */
	readonly sessionId: string;
	/**
	 * Waits until the connection works, 20 s unless told otherwise.
	 * @throws what Flow.ai refused for good, `FLOWAI_STREAM_UNAVAILABLE`, `CONVOFLOW_ABORTED`
	 */
	connected(options?: WaitOptions): Promise<void>;
	/** Sends a frame that is not confirmed. @throws `CONVOFLOW_NOT_CONNECTED` */
	send(frame: JsonObject): void;
	/**
	 * Sends a message, waiting for the connection first, and returns the payload of its `message.delivered`.
	 * @param message payload of `message.send`; thread and nonce are added
	 * @throws `CONVOFLOW_OUTCOME_UNKNOWN` with the trace id when the connection was lost before the confirmation
	 * or none came in time, `FLOWAI_REJECTED`, `FLOWAI_STREAM_UNAVAILABLE` and `CONVOFLOW_QUEUE_FULL` when
	 * nothing was sent
	 */
	sendMessage(
		message: JsonObject & { readonly traceId: TraceId },
		options?: SendMessageOptions,
	): Promise<JsonObject>;
	/** Ends the use. Safe to repeat. */
	release(): void;
}

const MAX_THREADS = 20;
const LINGER_MS = 10_000;

function tooManyThreads(maxThreads: number): ConvoflowError {
	return new ConvoflowError(
		'CONVOFLOW_TOO_MANY_THREADS',
		`${maxThreads} threads are connected already, and no more are allowed at once`,
		{ advice: 'Use fewer threads, or raise the limit in the credential.' },
	);
}

/**
 * The connections of one client, one a thread, shared by all who listen or send. A connection is opened for
 * its first user and kept a while after its last one. Where all places are taken, one that is only kept
 * makes room, else the one longest not written to of those whose users all yield.
 */
export class ThreadConnections {
	readonly #ports: Ports;
	readonly #client: FlowAiSocketClient;
	readonly #maxThreads: number;
	readonly #lingerMs: number;
	/** By thread id, in the order in which they were opened or last written to. */
	readonly #threads = new Map<string, SharedThread>();
	/** Those that are only kept, in the order in which their last user left. */
	readonly #lingering = new Map<SharedThread, AbortController>();
	readonly #stopping = new Set<Promise<void>>();
	readonly #watchers = new Set<(threadId: string) => void>();
	#isClosed = false;

	constructor(ports: Ports, client: FlowAiSocketClient, options: ThreadConnectionsOptions = {}) {
		this.#ports = ports;
		this.#client = client;
		this.#maxThreads = options.maxThreads ?? MAX_THREADS;
		this.#lingerMs = options.lingerMs ?? LINGER_MS;
	}

	/** Threads that are connected, or about to be. */
	get size(): number {
		return this.#threads.size;
	}

	/**
	 * Takes the connection of a thread into use, and opens it where there is none.
	 * @param listener told where the connection stands at once, then of every change and event. With `onEvent`
	 * messages that are missed while the connection is down are recovered from the history, and what came while an
	 * open connection had no user is told at once
	 * @param position where an earlier process ended; a connection that is open already goes on from its own
	 * @throws `CONVOFLOW_TOO_MANY_THREADS`, and `CONVOFLOW_ABORTED` once closed
	 */
	acquire(threadId: string, listener: ThreadListener = {}, position?: StreamPosition): ThreadLease {
		if (this.#isClosed) throw aborted();
		const thread = this.#find(threadId) ?? this.#open(threadId, position);
		this.#lingering.get(thread)?.abort();
		this.#lingering.delete(thread);
		// A user of its own, so that a listener may be given twice.
		const user: ThreadListener = {
			onEvent: (kind, output) => listener.onEvent?.(kind, output),
			onStatus: (status) => listener.onStatus?.(status),
			...(listener.makeRoom ? { makeRoom: () => listener.makeRoom?.() } : {}),
		};
		thread.users.add(user);
		user.onStatus?.(thread.status);
		const lease: ThreadLease = {
			threadId,
			get status() {
				return thread.status;
			},
			get position() {
				return thread.position;
			},
			get sessionId() {
				return thread.sessionId;
			},
			connected: async (options) => await thread.connected(options),
			send: (frame) => thread.send(frame),
			sendMessage: async (message, options) => {
				this.noteSend(threadId);
				return await thread.sendMessage(message, options);
			},
			release: () => {
				if (thread.users.delete(user) && thread.users.size === 0) this.#linger(thread);
			},
		};
		if (listener.onEvent) thread.listen(user);
		return lease;
	}

	/**
	 * Tells of every thread that a message is about to be sent to.
	 * @returns ends it
	 */
	watchSends(watcher: (threadId: string) => void): () => void {
		this.#watchers.add(watcher);
		return () => this.#watchers.delete(watcher);
	}

	/** Notes that something is about to be sent to a thread, by whatever way. */
	noteSend(threadId: string): void {
		const thread = this.#threads.get(threadId);
		this.#threads.delete(threadId);
		if (thread) this.#threads.set(threadId, thread);
		for (const watcher of this.#watchers) watcher(threadId);
	}

	/** Ends every connection for good; all of them are gone when it resolves. Safe to repeat. */
	async close(): Promise<void> {
		this.#isClosed = true;
		for (const thread of this.#threads.values()) this.#end(thread);
		await Promise.all(this.#stopping);
	}

	/** One that failed for good is given up, so that the next user tries again. */
	#find(threadId: string): SharedThread | undefined {
		const thread = this.#threads.get(threadId);
		if (thread?.status.state !== 'failed') return thread;
		this.#end(thread);
		return undefined;
	}

	#open(threadId: string, position: StreamPosition | undefined): SharedThread {
		if (this.#threads.size >= this.#maxThreads) this.#makeRoom();
		const thread = new SharedThread(this.#ports, this.#client, threadId, position);
		this.#threads.set(threadId, thread);
		return thread;
	}

	/** @throws CONVOFLOW_TOO_MANY_THREADS where nobody yields */
	#makeRoom(): void {
		const [kept] = this.#lingering.keys();
		const yields = ({ users }: SharedThread): boolean => [...users].every((user) => 'makeRoom' in user);
		const oldest = kept ?? [...this.#threads.values()].find(yields);
		if (!oldest) throw tooManyThreads(this.#maxThreads);
		for (const user of [...oldest.users]) user.makeRoom?.();
		this.#end(oldest);
	}

	#linger(thread: SharedThread): void {
		if (this.#threads.get(thread.threadId) !== thread) return;
		const over = new AbortController();
		this.#lingering.set(thread, over);
		this.#ports.sleep(this.#lingerMs, over.signal).then(
			() => this.#end(thread),
			() => undefined,
		);
	}

	#end(thread: SharedThread): void {
		this.#lingering.get(thread)?.abort();
		this.#lingering.delete(thread);
		if (this.#threads.get(thread.threadId) === thread) this.#threads.delete(thread.threadId);
		const stopped = thread.stop().finally(() => this.#stopping.delete(stopped));
		this.#stopping.add(stopped);
	}
}
