import { PausedThreads, RecentKeys } from '@convoflow/client';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { outgoingAnswer } from './incoming-call';

/** Keys and paused threads that a restart is survived with; n8n writes them anew with every event. */
const MAX_STORED = 1_000;
const KEY_BYTES = 9;

interface Memory {
	readonly keys: RecentKeys;
	readonly paused: PausedThreads;
	/** The latest keys as they are stored; one list for all calls, so that whichever run ends last stores all of them. */
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
 * What a trigger remembers of events: in this process, and over restarts in the workflow's static data, which n8n
 * stores when a run ends. A repeat that comes to another process before that is not seen.
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
			latest: [],
			open: new Map(),
		};
		memories.set(id, this.#memory);
		this.#stored = context.getWorkflowStaticData('node');
		// What another process has stored since, or this one before its restart.
		const stored = readEntries(this.#stored['recentKeys']).filter(([key]) => !this.#memory.keys.has(key));
		this.#memory.keys.learn(stored, Date.now());
		for (const entry of stored) this.#remember(entry);
		this.#memory.paused.learn(readEntries(this.#stored['pausedThreads']));
	}

	get paused(): PausedThreads {
		return this.#memory.paused;
	}

	/** Stores which threads are paused. */
	storePaused(): void {
		this.#stored['pausedThreads'] = this.#memory.paused.entries().slice(-MAX_STORED).map(writeEntry);
	}

	/**
	 * Takes an event in. A repeat waits for the answer to the first delivery, which may still fail.
	 * @returns `new`, `repeat`, or `failed` for a repeat whose first delivery could not be taken
	 */
	async take(eventKey: string): Promise<'new' | 'repeat' | 'failed'> {
		const { keys, open, latest } = this.#memory;
		const key = await digest(eventKey);
		if (!keys.add(key, Date.now())) return (await open.get(key)) === false ? 'failed' : 'repeat';
		const answered = whenAnswered(this.#context).then((isTaken) => {
			open.delete(key);
			if (!isTaken) this.#forget(key);
			// Starting the run has cleared the mark by which n8n knows that there is something to store; set once
			// more, it is stored with the end of the run (n8n 2.41, webhook call and run share one object).
			this.#stored['recentKeys'] = latest;
			return isTaken;
		});
		open.set(key, answered);
		this.#remember([key, Date.now()]);
		this.#stored['recentKeys'] = latest;
		return 'new';
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
