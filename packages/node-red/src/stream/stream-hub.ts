import {
	FlowAiStream,
	type FlowAiSocketClient,
	type JsonObject,
	type StreamKind,
	type StreamStatus,
} from '@convoflow/client';
import { connect } from '@convoflow/kit';
import { makePorts, type HostPorts } from '../ports/host';
import type { ServiceLink } from '../runtime/service-link';

/** A node that listens to a thread. */
export interface StreamUser {
	onEvent(kind: StreamKind, output: JsonObject): void;
	onStatus(status: StreamStatus): void;
}

/** A connection stays this long after its last user left, in ms, so that a deploy does not reconnect. */
const LINGER_MS = 1_000;

/** One listened thread: one socket, any number of nodes. */
interface Listened {
	readonly stream: FlowAiStream;
	readonly users: Set<StreamUser>;
	linger: NodeJS.Timeout | undefined;
}

/**
 * The sockets of one credential. It outlives the config node by the linger, since a full deploy replaces
 * every node; without users nothing is connected.
 */
class StreamHub {
	readonly #ports: HostPorts;
	readonly #client: FlowAiSocketClient;
	readonly #onEmpty: () => void;
	readonly #listened = new Map<string, Listened>();

	constructor(link: ServiceLink, onEmpty: () => void) {
		this.#ports = makePorts(link.credential, link.values, link.log);
		this.#client = connect(link.credential, this.#ports, link.values) as FlowAiSocketClient;
		this.#onEmpty = onEmpty;
	}

	/** Adds a node to a thread, and tells it where the connection stands. @returns takes it out again */
	add(threadId: string, origin: string | undefined, user: StreamUser): () => void {
		const key = JSON.stringify([threadId, origin]);
		const listened = this.#find(key) ?? this.#open(key, threadId, origin);
		clearTimeout(listened.linger);
		listened.users.add(user);
		user.onStatus(listened.stream.status);
		return () => {
			if (!listened.users.delete(user) || listened.users.size > 0) return;
			listened.linger = setTimeout(() => this.#close(key, listened), LINGER_MS);
			// Node-RED may end without waiting for it.
			listened.linger.unref();
		};
	}

	/** A thread that is listened to. One that failed for good is given up, so that a deploy tries again. */
	#find(key: string): Listened | undefined {
		const listened = this.#listened.get(key);
		if (listened?.stream.status.state !== 'failed') return listened;
		clearTimeout(listened.linger);
		this.#listened.delete(key);
		return undefined;
	}

	#open(key: string, threadId: string, origin: string | undefined): Listened {
		const users = new Set<StreamUser>();
		const stream = new FlowAiStream(this.#ports, this.#client, {
			threadId,
			origin,
			onEvent: (kind, output) => users.forEach((user) => user.onEvent(kind, output)),
			onStatus: (status) => users.forEach((user) => user.onStatus(status)),
		});
		const listened: Listened = { stream, users, linger: undefined };
		this.#listened.set(key, listened);
		// How it ends is told by its status.
		stream.start().catch(() => undefined);
		return listened;
	}

	#close(key: string, listened: Listened): void {
		if (this.#listened.get(key) === listened) this.#listened.delete(key);
		const isEmpty = this.#listened.size === 0;
		if (isEmpty) this.#onEmpty();
		void listened.stream.stop().then(async () => {
			if (isEmpty) await this.#ports.close(0);
		});
	}
}

const hubs = new Map<string, StreamHub>();

/** Listens to a thread with the credential of a config node; nodes with the same one share their sockets. */
export function listenToThread(
	configId: string,
	link: ServiceLink,
	threadId: string,
	origin: string | undefined,
	user: StreamUser,
): () => void {
	const key = JSON.stringify([configId, link.values]);
	const hub = hubs.get(key) ?? new StreamHub(link, () => hubs.delete(key));
	hubs.set(key, hub);
	return hub.add(threadId, origin, user);
}
