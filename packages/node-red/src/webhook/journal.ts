import { ConvoflowError, FifoQueue, isObject, type JsonValue } from '@convoflow/client';
import type { Store } from '../store/store';

/** Flow.ai repeats a failed delivery for two to four hours (Flow.ai reference §4.4). */
const REMEMBER_MS = 4 * 3_600_000;
const MAX_REMEMBERED = 10_000;
/** More than this is not taken in before the flows have caught up. */
const MAX_UNFINISHED = 10_000;
const MAX_UNFINISHED_BYTES = 64 * 1024 ** 2;

const EVENT = 'event ';
/** Begins the key of an event that carries no id of its own: there is nothing to remember once it is done. */
export const ONCE = 'once ';

/** An event that was acknowledged and whose flow has not ended, as far as the file tells. */
export interface Unfinished {
	readonly key: string;
	/** The body as JSON. */
	readonly body: string;
	/** How often it was sent into the flow. */
	readonly tries: number;
}

function overloaded(): ConvoflowError {
	return new ConvoflowError('CONVOFLOW_OVERLOADED', 'Too many events wait for the flows to end', {
		advice: 'Let the flows behind the webhook catch up, or turn Durable off',
	});
}

/** Acknowledged events and the keys of those before them, in the store of a node. */
export class Journal {
	readonly #store: Store;
	/** Events that are over and remembered, oldest first. */
	readonly #finished: FifoQueue<{ readonly key: string; readonly at: number }>;
	#unfinished = 0;
	#bytes = 0;

	constructor(store: Store) {
		this.#store = store;
		for (const { body } of this.unfinished()) this.#count(1, body);
		const finished = this.#events().filter(({ value }) => value['body'] === undefined);
		this.#finished = new FifoQueue(finished.map(({ key, value }) => ({ key, at: Number(value['at']) })));
	}

	/**
	 * Keeps an event. Resolves when it is on disk.
	 * @throws CONVOFLOW_OVERLOADED, CONVOFLOW_STORE_FAILED
	 */
	async keep(key: string, body: string, nowMs: number): Promise<void> {
		if (this.#unfinished >= MAX_UNFINISHED || this.#bytes > MAX_UNFINISHED_BYTES) throw overloaded();
		this.#count(1, body);
		try {
			await this.#store.set(EVENT + key, { at: nowMs, body, tries: 1 });
		} catch (error) {
			this.#count(-1, body);
			throw error;
		}
	}

	/** Notes that an event is sent once more. Resolves when that is on disk. */
	async keepAgain({ key, body, tries }: Unfinished, nowMs: number): Promise<void> {
		await this.#store.set(EVENT + key, { at: nowMs, body, tries: tries + 1 });
	}

	/**
	 * Notes that the flow of an event has ended; its key stays for as long as repeats may come. Nobody waits for it: a
	 * process that is killed in the next moment sends the event once more.
	 */
	finish(key: string, nowMs: number): void {
		const kept = this.#store.get(EVENT + key);
		const body = isObject(kept) ? kept['body'] : undefined;
		if (typeof body !== 'string') return;
		this.#count(-1, body);
		if (key.startsWith(ONCE)) return this.#store.setSoon(EVENT + key, undefined);
		this.#store.setSoon(EVENT + key, { at: nowMs });
		this.#finished.push({ key, at: nowMs });
		this.#forgetOld(nowMs);
	}

	/** Resolves when what `finish` noted is on disk, and `unfinished` knows of it. */
	async settled(): Promise<void> {
		await this.#store.settled();
	}

	/** Drops an event as if it had never come. */
	drop(key: string): void {
		const kept = this.#store.get(EVENT + key);
		if (isObject(kept) && typeof kept['body'] === 'string') this.#count(-1, kept['body']);
		void this.#store.delete(EVENT + key);
	}

	/** Acknowledged events whose flow has not ended, oldest first. */
	unfinished(): Unfinished[] {
		return this.#events().flatMap(({ key, value: { body, tries } }) =>
			typeof body === 'string' ? [{ key, body, tries: typeof tries === 'number' ? tries : 1 }] : [],
		);
	}

	/** The keys of all events and when they came, in ms since the epoch. */
	keys(): [string, number][] {
		return this.#events().map(({ key, value: { at } }) => [key, typeof at === 'number' ? at : 0]);
	}

	#events(): { key: string; value: { [member: string]: JsonValue } }[] {
		return [...this.#store.entries()].flatMap(([key, value]) =>
			key.startsWith(EVENT) && isObject(value) ? [{ key: key.slice(EVENT.length), value }] : [],
		);
	}

	#forgetOld(nowMs: number): void {
		for (let next = this.#finished.oldest; next; next = this.#finished.oldest) {
			if (this.#finished.size <= MAX_REMEMBERED && nowMs - next.at < REMEMBER_MS) return;
			this.#finished.shift();
			const key = EVENT + next.key;
			const value = this.#store.get(key);
			// It may have come once more since.
			if (isObject(value) && value['body'] === undefined && value['at'] === next.at)
				this.#store.setSoon(key, undefined);
		}
	}

	#count(events: 1 | -1, body: string): void {
		this.#unfinished += events;
		this.#bytes += events * body.length;
	}
}
