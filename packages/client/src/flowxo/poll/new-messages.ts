import type { JsonObject } from '../../ports';
import { SeenWindow, type WindowState } from '../../poll/seen-window';
import { messageIdOf, sentAt } from './conversation';

/** Messages of a conversation, read as far as needed. */
export interface NewMessagesOptions {
	/** Starts reading the messages, newest first as far as the service keeps that. */
	pages(): AsyncIterable<readonly JsonObject[]>;
	/** What was handled before. */
	readonly handled: WindowState;
	/** The message that the list shows as the last one; reading goes on until it was met. */
	readonly lastId: string | null;
	/** Reads on behind known messages, down to where late ones may stand. */
	readonly isThorough: boolean;
	/** Activity of the conversation, for messages that carry no moment, ms. */
	readonly activeAtMs: number;
	/** How far behind the newest message rows may become visible, ms. */
	readonly overlapMs: number;
	/** Moments after this one are no moments to go by, ms. */
	readonly horizonMs: number;
}

/** New messages and what is handled with them. */
export interface NewMessages {
	/** Oldest first. */
	readonly messages: readonly JsonObject[];
	readonly handled: WindowState;
	/** False when there were more pages than are read at once; older messages are left out. */
	readonly isWhole: boolean;
}

/** Pages of one conversation that are read at most. */
const MAX_PAGES = 100;
/** Ids that are kept of one conversation. */
const MAX_IDS = 2_000;

/**
 * Reads the messages of a conversation that were not handled yet: until a page ends in handled ones and the last
 * message was met, since nothing promises that the newest come first (Flow XO reference §9.6).
 * @throws what `pages` throws
 */
export async function readNewMessages(options: NewMessagesOptions): Promise<NewMessages> {
	const { handled, lastId, isThorough, activeAtMs, overlapMs, horizonMs } = options;
	const window = new SeenWindow(handled);
	const fresh: { readonly message: JsonObject; readonly at: number }[] = [];
	const read: { readonly id: string; readonly at: number }[] = [];
	let hasMetLast = lastId === null;
	let isDescending = true;
	let pages = 0;
	let isWhole = true;
	for await (const page of options.pages()) {
		pages += 1;
		for (const message of page) {
			const [id, at] = [messageIdOf(message), sentAt(message, activeAtMs)];
			hasMetLast ||= id === lastId;
			isDescending &&= at <= (read.at(-1)?.at ?? Infinity);
			read.push({ id, at });
			if (window.isNew(id, at)) fresh.push({ message, at });
		}
		const [first, last] = [read[0], read.at(-1)];
		const isNewestFirst = isDescending && first !== undefined && last !== undefined && first.at > last.at;
		const endsHandled =
			last !== undefined && (isThorough ? last.at <= window.floor : !window.isNew(last.id, last.at));
		if (endsHandled && (hasMetLast || isNewestFirst)) break;
		if (pages >= MAX_PAGES) {
			isWhole = false;
			break;
		}
	}
	for (const { id, at } of read) window.add(id, at);
	// A moment that lies in the future must not hide what comes before it.
	const newest = Math.min(horizonMs, Math.max(0, ...read.map(({ at }) => at)));
	window.raise(newest - overlapMs);
	window.limit(MAX_IDS);
	// Newest first becomes oldest first; a stable sort keeps the order of equal moments.
	const messages = (isDescending ? fresh.reverse() : fresh)
		.sort((one, other) => one.at - other.at)
		.map(({ message }) => message);
	return { messages, handled: window.toJSON(), isWhole };
}
