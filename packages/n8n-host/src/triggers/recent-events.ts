import { PausedThreads, RecentKeys, type ThreadPause } from '@convoflow/client';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { outgoingAnswer } from './incoming-call';

/** Keys and paused threads that outlive this process; n8n writes all of them with every event. */
const MAX_STORED = 1_000;
/** Resumed threads that are stored, so that other processes hear of the resume. */
const MAX_RESUMED = 200;
const KEY_BYTES = 9;

interface Memory {
	readonly keys: RecentKeys;
	readonly paused: PausedThreads;
	/**
	 * The latest keys as they are stored: of events whose execution is on record, and no other, since a crash would
	 * lose an event that is known and has none. One list for all calls, so that whichever is stored last has all.
	 */
	readonly latest: [string, number][];
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

/** What static data hold of paused threads. */
function readPauses(stored: unknown): ThreadPause[] {
	if (!Array.isArray(stored)) return [];
	return (stored as unknown[]).flatMap((one): ThreadPause[] => {
		const [threadId, atMs, isPaused] = Array.isArray(one) ? (one as unknown[]) : [];
		const isWhole = typeof threadId === 'string' && typeof atMs === 'number' && typeof isPaused === 'boolean';
		return isWhole ? [[threadId, atMs, isPaused]] : [];
	});
}

function writeEntry([key, ms]: Entry): [string, number] {
	return [key, Math.floor(ms / 1_000)];
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
 * What a trigger remembers of events: in this process, and for other processes and restarts in the workflow's
 * static data, which n8n stores before it answers. A repeat that comes to another process before that is not seen.
 */
export class RecentEvents {
	readonly #context: IWebhookFunctions;
	readonly #memory: Memory;
	readonly #stored: IDataObject;
	/** Key of the event that this call has brought. */
	#taken: string | undefined;

	constructor(context: IWebhookFunctions) {
		this.#context = context;
		const id = `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
		this.#memory = memories.get(id) ?? {
			keys: new RecentKeys(),
			paused: new PausedThreads(),
			latest: [],
			open: new Map(),
		};
		memories.set(id, this.#memory);
		this.#stored = context.getWorkflowStaticData('node');
		// What another process has stored since, or this one before its restart.
		const stored = readEntries(this.#stored['recentKeys']);
		for (const entry of this.#memory.keys.learn(stored, Date.now())) this.#remember(entry);
		this.#memory.paused.learn(readPauses(this.#stored['pausedThreads']));
	}

	get paused(): PausedThreads {
		return this.#memory.paused;
	}

	/** Stores which threads are paused. */
	storePaused(): void {
		const known = this.#memory.paused.entries();
		this.#stored['pausedThreads'] = [
			...known.filter(([, , isPaused]) => !isPaused).slice(-MAX_RESUMED),
			...known.filter(([, , isPaused]) => isPaused).slice(-MAX_STORED),
		].map((one) => [...one]);
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
			if (isTaken) this.#store(key);
			else this.#forget(key);
			return isTaken;
		});
		open.set(key, answered);
		this.#taken = key;
		return 'new';
	}

	/**
	 * The result of a call, whose key n8n stores before it answers. It stores static data that are marked as changed,
	 * and starting the run clears the mark; between the two, with the execution on record, it asks for
	 * `webhookResponse`, which marks them anew (n8n 2.41). Where it does not ask, the key is stored with a later event.
	 */
	keepWith(result: IWebhookResponseData): IWebhookResponseData {
		const store = (): void => {
			if (this.#taken !== undefined) this.#store(this.#taken);
		};
		return {
			...result,
			get webhookResponse() {
				store();
				return undefined;
			},
		};
	}

	#store(key: string): void {
		const { latest } = this.#memory;
		if (!latest.some(([known]) => known === key)) this.#remember([key, Date.now()]);
		this.#stored['recentKeys'] = latest;
	}

	#remember(entry: Entry): void {
		const { latest } = this.#memory;
		latest.push(writeEntry(entry));
		if (latest.length > MAX_STORED) latest.shift();
	}

	#forget(forgotten: string): void {
		const { keys, latest } = this.#memory;
		keys.delete(forgotten);
		const place = latest.findIndex(([key]) => key === forgotten);
		if (place >= 0) latest.splice(place, 1);
	}
}
