import { PausedThreads, RecentKeys } from '@convoflow/client';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { outgoingAnswer } from './incoming-call';

/** Keys and paused threads that a restart is survived with; n8n writes them anew with every event. */
const MAX_STORED = 1_000;
const KEY_BYTES = 9;

interface Memory {
	readonly keys: RecentKeys;
	readonly paused: PausedThreads;
	/** Events whose call has no answer yet; resolves with whether it was a 2xx. */
	readonly open: Map<string, Promise<boolean>>;
}

/** One memory a trigger, for all calls of this process; n8n makes a new context for every call. */
const memories = new Map<string, Memory>();

type Entry = readonly [string, number];

/** Pairs of a key and seconds, as static data hold them. */
function readEntries(stored: unknown): Entry[] {
	if (!Array.isArray(stored)) return [];
	return (stored as unknown[]).flatMap((one): Entry[] => {
		const [key, seconds] = Array.isArray(one) ? (one as unknown[]) : [];
		return typeof key === 'string' && typeof seconds === 'number' ? [[key, seconds * 1_000]] : [];
	});
}

function writeEntries(entries: readonly Entry[]): [string, number][] {
	return entries.slice(-MAX_STORED).map(([key, ms]) => [key, Math.floor(ms / 1_000)]);
}

/** Short, since it is stored, and without a word of the event. */
async function digest(key: string): Promise<string> {
	const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
	return btoa(String.fromCharCode(...new Uint8Array(hash).subarray(0, KEY_BYTES)));
}

/** Resolves when the call is through, with whether it was acknowledged. A caller that hung up does not tell. */
function whenAnswered(context: IWebhookFunctions): Promise<boolean> {
	const answer = outgoingAnswer(context);
	return new Promise((resolve) => {
		answer.once('close', () => resolve(answer.statusCode < 400));
	});
}

/**
 * What a trigger remembers of events: in this process, and over restarts in the workflow's static data. Repeats
 * that come to two processes at the same moment are the one thing it cannot see.
 */
export class RecentEvents {
	readonly #context: IWebhookFunctions;
	readonly #memory: Memory;
	readonly #stored: IDataObject;

	constructor(context: IWebhookFunctions) {
		this.#context = context;
		const id = `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
		this.#memory = memories.get(id) ?? {
			keys: new RecentKeys(),
			paused: new PausedThreads(),
			open: new Map(),
		};
		memories.set(id, this.#memory);
		this.#stored = context.getWorkflowStaticData('node');
		// What another process has stored since, or this one before its restart.
		this.#memory.keys.learn(readEntries(this.#stored['recentKeys']), Date.now());
		this.#memory.paused.learn(readEntries(this.#stored['pausedThreads']));
	}

	get paused(): PausedThreads {
		return this.#memory.paused;
	}

	/** Stores which threads are paused. */
	storePaused(): void {
		this.#stored['pausedThreads'] = writeEntries(this.#memory.paused.entries());
	}

	/**
	 * Takes an event in. A repeat waits for the answer to the first delivery, which may still fail.
	 * @returns `new`, `repeat`, or `failed` for a repeat whose first delivery could not be taken
	 */
	async take(eventKey: string): Promise<'new' | 'repeat' | 'failed'> {
		const { keys, open } = this.#memory;
		const key = await digest(eventKey);
		if (!keys.add(key, Date.now())) return (await open.get(key)) === false ? 'failed' : 'repeat';
		const answered = whenAnswered(this.#context).then((isTaken) => {
			open.delete(key);
			if (!isTaken) keys.delete(key);
			return isTaken;
		});
		open.set(key, answered);
		this.#stored['recentKeys'] = writeEntries(keys.entries());
		return 'new';
	}
}
