import type { JsonObject } from '../../ports';
import { RecentKeys } from '../../recent-keys';
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

/** Follows in which threads the bot is paused, by the events that say so; the latest 10,000. */
export class PausedThreads {
	readonly #threads: RecentKeys;

	/** @param threads what `entries` gave before */
	constructor(threads: Iterable<readonly [string, number]> = []) {
		this.#threads = new RecentKeys(threads, { keepMs: Infinity });
	}

	/** Takes in what another memory knows. */
	learn(threads: Iterable<readonly [string, number]>): void {
		this.#threads.learn(threads, 0);
	}

	has(threadId: string): boolean {
		return this.#threads.has(threadId);
	}

	/** The paused threads and since when, in ms since the epoch. */
	entries(): [string, number][] {
		return this.#threads.entries();
	}

	/** Takes in an event of any kind. @returns true when it paused or resumed a thread */
	see({ kind, output }: ParsedEvent, nowMs: number): boolean {
		const { threadId, isPaused } = output;
		if (typeof threadId !== 'string') return false;
		if (kind === 'paused' || (kind === 'pauseStatus' && isPaused === true))
			return this.#threads.add(threadId, nowMs);
		if (kind !== 'resumed' && !(kind === 'pauseStatus' && isPaused === false)) return false;
		const wasPaused = this.#threads.has(threadId);
		this.#threads.delete(threadId);
		return wasPaused;
	}
}
