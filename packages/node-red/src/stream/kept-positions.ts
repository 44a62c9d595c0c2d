import { readPosition, type StreamPosition, type ThreadLease } from '@convoflow/client';
import type { Red } from '../runtime/red';
import { openNodeStore, type NodeStore } from '../store/node-stores';
import type { Store } from '../store/store';

/** How far a thread was put out is written this long after an event at the latest, in ms. */
const SOON_MS = 500;

/**
 * How far the threads of a node were put out, in the node's store. Each event would cost a write, so they are written
 * from time to time: after a crash the events of the last half second may come again where they have no ids.
 */
export class KeptPositions {
	readonly #kept: NodeStore;
	readonly #due = new Map<string, ThreadLease>();
	#store: Store | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor(red: Red, nodeId: string) {
		this.#kept = openNodeStore(red, nodeId);
	}

	/** Opens the store. @throws CONVOFLOW_STORE_FAILED */
	async open(): Promise<void> {
		this.#store = await this.#kept.store;
	}

	/** Where an earlier process ended. */
	of(threadId: string): StreamPosition | undefined {
		return readPosition(this.#store?.get(threadId));
	}

	/** Keeps how far a thread is put out, soon. */
	note(lease: ThreadLease): void {
		this.#due.set(lease.threadId, lease);
		this.#timer ??= setTimeout(() => this.#write(), SOON_MS);
	}

	/** Forgets a thread that is listened to no more. */
	forget(threadId: string): void {
		this.#due.delete(threadId);
		this.#store?.setSoon(threadId, undefined);
	}

	/**
	 * Writes what is due and closes the store.
	 * @param isRemoved as Node-RED tells it
	 */
	async close(isRemoved: boolean): Promise<void> {
		this.#write();
		await this.#kept.release(isRemoved);
	}

	#write(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		for (const { threadId, position } of this.#due.values())
			if (position) this.#store?.setSoon(threadId, { untilMs: position.untilMs, known: known(position) });
		this.#due.clear();
	}
}

/** JSON has no undefined. */
function known({ known }: StreamPosition): { [name: string]: string | number | boolean }[] {
	return known.map(({ id, atMs, print, isHeard }) => ({
		...(id === undefined ? {} : { id }),
		...(atMs === undefined ? {} : { atMs }),
		print,
		isHeard,
	}));
}
