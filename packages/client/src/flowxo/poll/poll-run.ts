import { isConvoflowError, toConvoflowError } from '../../errors';
import type { JsonObject } from '../../ports';
import { SeenWindow } from '../../poll/seen-window';
import type { FlowXoClient } from '../client';
import type { FlowXoConversation } from '../types';
import { activeAt, conversationIdOf, createdAt, lastMessageId, messageIdOf, sentAt } from './conversation';
import type { ConversationState, FlowXoCursor } from './cursor';
import { compareLiveChats } from './live-chat';
import { readNewMessages } from './new-messages';
import { OVERLAP_MS, type FlowXoEvent, type FlowXoPollOptions } from './options';

const MESSAGE_PAGE = 50;
const MAX_EVENTS = 1_000;
/** Ids of new conversations that are kept. */
const MAX_CREATED = 10_000;
/** Messages this close before the start are read, so that one of the same instant is not taken for them, ms. */
const START_MS = 5_000;

/** What a poll knows when the list is walked. */
export interface PollFacts {
	readonly client: FlowXoClient;
	readonly options: FlowXoPollOptions;
	readonly before: FlowXoCursor;
	readonly rows: ReadonlyMap<string, FlowXoConversation>;
	/** Newest moment to go by, ms: this machine's, or the one that several conversations agree on. */
	readonly horizonMs: number;
	/** Rows up to this moment are too old to be joined by late ones, ms. */
	readonly reachedMs: number;
	readonly nowMs: number;
}

/** One poll at work: finds the events of each kind and remembers what is handled. */
export class PollRun {
	readonly events: FlowXoEvent[] = [];
	readonly conversations: Record<string, ConversationState>;
	readonly created: SeenWindow;
	/** False when conversations are left to the next poll. */
	isComplete = true;
	/** False when a conversation had more new messages than are read. */
	isWhole = true;
	readonly #facts: PollFacts;

	constructor(facts: PollFacts) {
		this.#facts = facts;
		this.conversations = this.#isStarting('newMessage') ? {} : { ...facts.before.conversations };
		this.created = new SeenWindow(facts.before.created);
	}

	/** True for a kind of which everything from now on is wanted, but nothing that is there already. */
	#isStarting(kind: string): boolean {
		const { before, options } = this.#facts;
		return !before.kinds.includes(kind) && options.takeBacklog !== true;
	}

	#isWanted(row: FlowXoConversation): boolean {
		return this.#facts.options.isWanted?.(row) ?? true;
	}

	findConversations(): void {
		const isStarting = this.#isStarting('newConversation');
		for (const row of this.#facts.rows.values()) {
			const [id, at] = [conversationIdOf(row), createdAt(row)];
			if (!this.created.isNew(id, at)) continue;
			this.created.add(id, at);
			if (isStarting || !this.#isWanted(row)) continue;
			this.events.push({ kind: 'newConversation', key: `conversation:${id}`, at, conversation: row });
		}
		this.created.limit(MAX_CREATED);
	}

	/** @returns ids of the conversations in live chat */
	async findLiveChats(): Promise<string[]> {
		const { client, options, before, rows, nowMs } = this.#facts;
		const get = async (id: string): Promise<FlowXoConversation> =>
			await client.getConversation(id, options.signal);
		const { events, live } = await compareLiveChats(before.live, rows, get, nowMs);
		const isTold = ({ kind, conversation }: FlowXoEvent): boolean =>
			options.events.includes(kind) && !this.#isStarting('liveChat') && this.#isWanted(conversation);
		this.events.push(...events.filter(isTold));
		return live;
	}

	/** Reads the conversations that changed, those first whose activity is oldest. */
	async findMessages(): Promise<void> {
		const { before, rows, horizonMs } = this.#facts;
		const isStarting = this.#isStarting('newMessage');
		const active = [...rows.values()]
			.filter((row) => activeAt(row) > before.floor && this.#isWanted(row))
			.sort((one, other) => activeAt(one) - activeAt(other));
		const newest = Math.min(horizonMs, activeAt(active.at(-1) ?? {}));
		for (const row of active) {
			const state = this.conversations[conversationIdOf(row)];
			const last = lastMessageId(row);
			// Behind a last message from the future nothing that follows would show.
			const isTrusted = last !== null && activeAt(row) <= horizonMs;
			if (isTrusted && state?.last === last) continue;
			if (isStarting && activeAt(row) <= newest - START_MS) this.#skip(row);
			else if (!(await this.#read(row, isStarting ? 'start' : 'changed'))) {
				if (!isStarting) return;
				this.#skip(row);
			}
		}
		await this.#lookAgain();
	}

	/** Conversations are read once more after a while: a message may have become visible behind their last one. */
	async #lookAgain(): Promise<void> {
		for (const [id, { lookAgainAt }] of Object.entries(this.conversations)) {
			if (lookAgainAt === null || lookAgainAt > this.#facts.nowMs) continue;
			if (!(await this.#read(this.#facts.rows.get(id) ?? { id }, 'again'))) return;
			const state = this.conversations[id];
			if (state) this.conversations[id] = { ...state, lookAgainAt: null };
		}
	}

	/** What stands in a conversation at the start counts as handled; its last message is known by the list. */
	#skip(row: FlowXoConversation): void {
		const at = Math.min(activeAt(row), this.#facts.horizonMs);
		this.conversations[conversationIdOf(row)] = {
			last: lastMessageId(row),
			at,
			messages: { floor: at, seen: {} },
			lookAgainAt: null,
		};
	}

	/** @returns false when it is left to the next poll */
	async #read(row: FlowXoConversation, why: 'start' | 'changed' | 'again'): Promise<boolean> {
		const { client, options, before, horizonMs, reachedMs, nowMs } = this.#facts;
		const { signal, maxEvents = MAX_EVENTS, isWantedMessage = () => true } = options;
		if (this.events.length >= maxEvents || options.isLate?.() === true) {
			this.isComplete = false;
			return false;
		}
		const id = conversationIdOf(row);
		const state = this.conversations[id];
		const at = Math.max(activeAt(row), state?.at ?? 0);
		const last = lastMessageId(row) ?? state?.last ?? null;
		try {
			const read = await readNewMessages({
				pages: () => client.listMessages(id, { pageSize: MESSAGE_PAGE, signal }),
				handled: state?.messages ?? { floor: before.floor, seen: {} },
				lastId: last,
				isThorough: why === 'again',
				activeAtMs: at,
				overlapMs: OVERLAP_MS,
				horizonMs,
			});
			const told = why === 'start' ? [] : read.messages.filter(isWantedMessage);
			const isRow = row['bot_id'] !== undefined || told.length === 0;
			const conversation = isRow ? row : await client.getConversation(id, signal);
			this.events.push(...told.map((message) => messageEvent(conversation, message, at)));
			this.isWhole &&= read.isWhole;
			this.conversations[id] = {
				last,
				at: Math.min(at, horizonMs),
				messages: read.handled,
				lookAgainAt: at > reachedMs ? nowMs + OVERLAP_MS : null,
			};
		} catch (error) {
			// Deleted between the list and now.
			if (!isConvoflowError(error) || error.status !== 404) throw toConvoflowError(error);
			delete this.conversations[id];
		}
		return true;
	}
}

/** The event of a new message. */
export function messageEvent(
	conversation: FlowXoConversation,
	message: JsonObject,
	atMs: number,
): FlowXoEvent {
	const key = `message:${messageIdOf(message)}`;
	return { kind: 'newMessage', key, at: sentAt(message, atMs), conversation, message };
}
