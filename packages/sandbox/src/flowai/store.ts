import type { Context } from '../context';
import { Overlay } from '../overlay';
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

/** All Flow.ai threads. Those written to are held; generated ones are made on demand and cost no memory. */
export class ThreadStore {
	/** Least recently active first. */
	private readonly held = new Map<string, Thread>();

	constructor(
		private readonly context: Context,
		private readonly source: ThreadSource = NO_SOURCE,
	) {
		for (const thread of builtInThreads()) this.held.set(thread.key, thread);
	}

	/** The thread of that id in any of its written forms. Changing a generated thread needs {@link keep}. */
	find(id: string): Thread | undefined {
		const key = threadKey(id);
		return this.held.get(key) ?? this.source.make(key);
	}

	/** The thread of that id, begun on `channel` if it is new. */
	open(id: string, channel: Thread['channel'], user: Originator): Thread {
		const found = this.find(id);
		if (found) {
			this.held.set(found.key, found);
			return found;
		}
		const now = this.context.clock.now();
		const thread: Thread = {
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
		this.held.set(thread.key, thread);
		return thread;
	}

	/** Notes that a thread was active now: it moves to the head of the list. */
	keep(thread: Thread): void {
		thread.updatedAt = this.context.clock.now();
		this.held.delete(thread.key);
		this.held.set(thread.key, thread);
		this.context.bus.emit({ topic: 'thread', id: thread.key });
	}

	/** Keys, most recently active first. */
	keys(skip: number, limit: number): { keys: string[]; total: number } {
		const held = [...this.held.keys()].reverse();
		const keys = held.slice(skip, skip + limit);
		const generated = new Overlay(this.source.count, held.map((key) => this.source.positionOf(key)));
		const from = Math.max(0, skip - held.length);
		for (const position of generated.range(from, limit - keys.length)) keys.push(this.source.keyAt(position));
		return { keys, total: held.length + generated.count };
	}

	/** Threads of the console: held and generated, most recently active first. */
	page(skip: number, limit: number): { threads: Thread[]; total: number } {
		const { keys, total } = this.keys(skip, limit);
		return { threads: keys.map((key) => this.find(key)).filter((thread) => thread !== undefined), total };
	}

	dump(): Thread[] {
		return [...this.held.values()];
	}

	load(threads: Thread[]): void {
		this.held.clear();
		for (const thread of threads) this.held.set(thread.key, thread);
	}
}
