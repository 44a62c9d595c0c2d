import type { JsonObject } from '../../ports';
import type { ParsedEvent } from './parse';

/** Which events start a flow. What is left out filters nothing. */
export interface EventFilter {
	/** Kinds of events, e.g. `message`. */
	readonly events: readonly string[];
	readonly threadId?: string;
	/** Who wrote a message; `any` filters nothing. */
	readonly from?: string;
	/** `with` silent messages, `without` them, or `only` them. */
	readonly silent?: string;
	/** Messages only while the bot is paused in their thread. */
	readonly whilePaused?: boolean;
}

const MESSAGE_KINDS: ReadonlySet<string> = new Set(['message', 'inbound', 'outbound']);

/** Roles as they come (Flow.ai reference §2.5, §4.2); `external` is how an end user is written on sending. */
const AUTHORS: ReadonlyMap<string, string> = new Map([
	['bot', 'bot'],
	['external', 'user'],
	['user', 'user'],
	['moderator', 'moderator'],
]);

/** Who wrote a message. One that does not say is the bot's, but for what comes in from a channel [inferred]. */
function authorOf(kind: string, output: JsonObject): string {
	const role = output['role'];
	if (typeof role === 'string') return AUTHORS.get(role) ?? role;
	return kind === 'inbound' ? 'user' : 'bot';
}

/**
 * Decides whether an event starts a flow.
 * @param isPaused tells whether the bot is paused in a thread
 * @returns undefined when it does, else why it does not, as a sentence without its end
 */
export function filterEvent(
	{ kind, output }: ParsedEvent,
	filter: EventFilter,
	isPaused: (threadId: string) => boolean,
): string | undefined {
	const threadId = output['threadId'];
	if (!filter.events.includes(kind)) return `events of the kind "${kind}" are not chosen`;
	if (filter.threadId !== undefined && filter.threadId !== threadId) return 'it belongs to another thread';
	if (!MESSAGE_KINDS.has(kind)) return undefined;
	const { from = 'any', silent = 'with' } = filter;
	const author = authorOf(kind, output);
	if (from !== 'any' && from !== author) return `the message is from the ${author}`;
	if (silent === 'without' && output['silent'] === true) return 'the message is silent';
	if (silent === 'only' && output['silent'] !== true) return 'the message is not silent';
	if (filter.whilePaused === true && !(typeof threadId === 'string' && isPaused(threadId)))
		return 'the bot is not paused in this thread, as far as events have told';
	return undefined;
}

/** What events have told of a thread: its id, since when in ms since the epoch, and whether the bot is paused there. */
export type ThreadPause = readonly [threadId: string, atMs: number, isPaused: boolean];

/** Threads of which something is known at most. */
const MAX_THREADS = 10_000;

/**
 * Follows in which threads the bot is paused, by the events that say so. A resume is remembered as well as a pause:
 * of two memories that tell of one thread the later word holds, whichever of them is read last.
 */
export class PausedThreads {
	/** By thread id, the latest change last. */
	readonly #threads = new Map<string, { readonly atMs: number; readonly isPaused: boolean }>();

	/** @param threads what `entries` gave before */
	constructor(threads: Iterable<ThreadPause> = []) {
		this.learn(threads);
	}

	/** Takes in what another memory knows, as far as it is news. */
	learn(threads: Iterable<ThreadPause>): void {
		for (const [threadId, atMs, isPaused] of threads)
			if (atMs > (this.#threads.get(threadId)?.atMs ?? -Infinity)) this.#note(threadId, atMs, isPaused);
	}

	has(threadId: string): boolean {
		return this.#threads.get(threadId)?.isPaused === true;
	}

	/** What is known, the latest change last. */
	entries(): ThreadPause[] {
		return [...this.#threads].map(([threadId, { atMs, isPaused }]) => [threadId, atMs, isPaused]);
	}

	/** Takes in an event of any kind. @returns true when it paused or resumed a thread */
	see({ kind, output }: ParsedEvent, nowMs: number): boolean {
		const { threadId } = output;
		const isPaused = kind === 'pauseStatus' ? output['isPaused'] : { paused: true, resumed: false }[kind];
		if (typeof threadId !== 'string' || typeof isPaused !== 'boolean') return false;
		if (isPaused === this.has(threadId)) return false;
		// A later word is later, also within a millisecond.
		const beforeMs = this.#threads.get(threadId)?.atMs ?? -Infinity;
		this.#note(threadId, Math.max(nowMs, beforeMs + 1), isPaused);
		return true;
	}

	#note(threadId: string, atMs: number, isPaused: boolean): void {
		this.#threads.delete(threadId);
		this.#threads.set(threadId, { atMs, isPaused });
		const [oldest] = this.#threads.keys();
		if (this.#threads.size > MAX_THREADS && oldest !== undefined) this.#threads.delete(oldest);
	}
}
