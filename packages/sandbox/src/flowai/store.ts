import type { Context } from '../context';
import { arrayPart, Overlay, readParts } from '../overlay';
import { builtInThreads } from './builtin';
import { threadKey, type Originator, type Thread } from './model';

/** Generated threads, made when they are asked for (see `seed/flowai.ts`). */
export interface ThreadSource {
	readonly count: number;
	/** Key of the n-th most recently active thread. */
	keyAt(position: number): string;
	/** The place of a key in that order; -1 for a key that was not generated. */
	positionOf(key: string): number;
	/** The thread of that key, built anew at each call. */
	make(key: string): Thread | undefined;
}

const NO_SOURCE: ThreadSource = { count: 0, keyAt: () => '', positionOf: () => -1, make: () => undefined };

/**
 * All Flow.ai threads. Those that were active in this sandbox are held; generated ones are made on demand and cost no
 * memory. The order of lists is: active ones, generated ones, built-in ones.
 */
export class ThreadStore {
	/** Least recently active first. */
	private readonly active = new Map<string, Thread>();
	private readonly builtIn = new Map(builtInThreads().map((thread) => [thread.key, thread]));

	constructor(
		private readonly context: Context,
		private readonly source: ThreadSource = NO_SOURCE,
	) {}

	/** The thread of that id in any of its written forms, for reading. */
	find(id: string): Thread | undefined {
		const key = threadKey(id);
		return this.active.get(key) ?? this.builtIn.get(key) ?? this.source.make(key);
	}

	/** The thread of that id for changing, begun on `channel` if it is new. */
	open(id: string, channel: Thread['channel'], user: Originator): Thread {
		const now = this.context.clock.now();
		const thread = this.find(id) ?? {
			key: threadKey(id),
			name: id,
			channel,
			createdAt: now,
			updatedAt: now,
			entries: [],
			user,
			paused: false,
			state: 'open',
			unnoticed: false,
			language: 'en',
		};
		if (!this.active.has(thread.key)) {
			this.builtIn.delete(thread.key);
			this.active.set(thread.key, thread);
			this.context.bus.emit({ topic: 'thread', id: thread.key });
		}
		return thread;
	}

	/** Notes that a thread was active now: it moves to the head of the list. */
	keep(thread: Thread): void {
		thread.updatedAt = this.context.clock.now();
		this.active.delete(thread.key);
		this.active.set(thread.key, thread);
		this.context.bus.emit({ topic: 'thread', id: thread.key });
	}

	/** Keys, most recently active first. */
	keys(skip: number, limit: number): { keys: string[]; total: number } {
		const active = [...this.active.keys()].reverse();
		const taken = active.map((key) => this.source.positionOf(key));
		const generated = new Overlay(this.source.count, taken);
		const parts = [
			arrayPart(active),
			{
				count: generated.count,
				page: (from: number, most: number) =>
					generated.page(from, most).map((place) => this.source.keyAt(place)),
			},
			arrayPart([...this.builtIn.keys()].reverse()),
		];
		const { rows, total } = readParts(parts, skip, limit);
		return { keys: rows, total };
	}

	/** Threads, most recently active first. */
	page(skip: number, limit: number): { threads: Thread[]; total: number } {
		const { keys, total } = this.keys(skip, limit);
		return { threads: keys.map((key) => this.find(key)).filter((thread) => thread !== undefined), total };
	}

	/** The threads that were active, for the data file. */
	dump(): Thread[] {
		return [...this.active.values()];
	}

	load(threads: Thread[]): void {
		for (const thread of threads) {
			this.builtIn.delete(thread.key);
			this.active.set(thread.key, thread);
		}
	}
}
