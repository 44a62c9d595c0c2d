import { PausedThreads, RecentKeys, type JsonObject, type ThreadPause } from '@convoflow/client';
import type { Store } from '../store/store';
import { Journal } from './journal';

const PAUSED = 'paused ';

/** What a webhook node remembers of events. It outlives a deploy, since a repeated delivery may come after it. */
export class EventMemory {
	readonly keys: RecentKeys;
	readonly paused: PausedThreads;
	/** The live node's intake: an event that waited during a deploy goes through the new one. */
	current: { send(key: string, topic: string, payload: JsonObject): void } | undefined;
	/** Keys of acknowledged events that wait for their turn or are on their way through the flows. */
	readonly underway = new Set<string>();
	/** Keys of events that ended while a deploy had no node to tell it to. */
	readonly ended = new Set<string>();
	/** Events that are being written; a repeat waits for them. */
	readonly keeping = new Map<string, Promise<void>>();

	constructor(keys: Iterable<readonly [string, number]>, paused: Iterable<ThreadPause>) {
		this.keys = new RecentKeys(keys);
		this.paused = new PausedThreads(paused);
	}
}

const memories = new Map<string, EventMemory>();

/**
 * The memory of a node: the one it had before the deploy, else what its store holds.
 * @param store of the node, where it has one; without it the memory is lost when Node-RED ends
 */
export function memoryOf(nodeId: string, store: Store | undefined): EventMemory {
	const known = memories.get(nodeId);
	if (known) return known;
	const paused = [...(store?.entries() ?? [])].flatMap(([key, at]): ThreadPause[] =>
		key.startsWith(PAUSED) ? [[key.slice(PAUSED.length), Number(at), true]] : [],
	);
	const memory = new EventMemory(store ? new Journal(store).keys() : [], paused);
	memories.set(nodeId, memory);
	return memory;
}

/** Writes down whether a thread is paused. */
export function keepPaused({ paused }: EventMemory, store: Store, threadId: string, nowMs: number): void {
	if (paused.has(threadId)) void store.set(PAUSED + threadId, nowMs);
	else void store.delete(PAUSED + threadId);
}

/** Forgets a node that was deleted. */
export function forgetMemory(nodeId: string): void {
	memories.delete(nodeId);
}
