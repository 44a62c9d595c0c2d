import { walkList, type ListWalk } from '../../poll/walk-list';
import type { FlowXoClient } from '../client';
import type { FlowXoConversation } from '../types';
import { activeAt, conversationIdOf } from './conversation';
import type { ConversationState, FlowXoCursor } from './cursor';
import { OVERLAP_MS, type FlowXoEvent, type FlowXoPollOptions } from './options';
import { PollRun } from './poll-run';

/** Outcome of a poll. The cursor is to be kept once the events are handed on. */
export interface FlowXoPoll {
	/** Oldest first. */
	readonly events: readonly FlowXoEvent[];
	readonly cursor: FlowXoCursor;
	/** False when there is more to read at once. */
	readonly isComplete: boolean;
	/** What the user should know, as a sentence. */
	readonly notice?: string;
}

const LIST_PAGE = 100;
const MAX_CONVERSATIONS = 1_000;
/** Pages of a first poll, which learns how the list is ordered; every 30th poll looks one page further. */
const FIRST_PAGES = 5;
const PROBE_EVERY = 30;
/** Conversations that must agree on a moment before it is believed to be later than this machine's. */
const AGREEING = 3;

/** A kind as the cursor knows it: both ends of a live chat have one starting point. */
function startOf(kind: string): string {
	return kind.startsWith('liveChat') ? 'liveChat' : kind;
}

function startingCursor(floor: number): FlowXoCursor {
	return {
		version: 1,
		kinds: [],
		floor,
		polls: 0,
		isUnordered: false,
		conversations: {},
		created: { floor, seen: {} },
		live: [],
	};
}

function noticeOf(walk: ListWalk<FlowXoConversation>, run: PollRun): { notice?: string } {
	if (walk.isWhole) {
		return run.isWhole
			? {}
			: { notice: 'A conversation has too many new messages; the oldest were left out' };
	}
	const why = walk.isOrdered ? 'There is more than is read at once' : 'Flow XO does not list by activity';
	return {
		notice: `${why}: ${walk.rows.size} conversations were looked at; changes in others are not seen`,
	};
}

/** Only the newest stretch is remembered; all before it counts as handled. */
function remembered(
	conversations: Readonly<Record<string, ConversationState>>,
	floorMs: number,
): Record<string, ConversationState> {
	return Object.fromEntries(
		Object.entries(conversations).filter(([, { at, lookAgainAt }]) => lookAgainAt !== null || at > floorMs),
	);
}

/**
 * Looks for what is new: walks the list of conversations from its head, reads those that changed, and says where
 * to go on. It asks for one page of the list and for one page of messages a changed conversation, as a rule.
 * Moments of Flow XO are compared with each other; this machine's clock merely keeps one that lies in the
 * future from hiding others.
 * @param before where the last poll stopped; undefined at the first one
 * @throws `FLOWXO_…`, `CONVOFLOW_ABORTED`; nothing is lost then, since the cursor stays
 */
export async function pollFlowXo(
	client: FlowXoClient,
	before: FlowXoCursor | undefined,
	options: FlowXoPollOptions,
): Promise<FlowXoPoll> {
	const { events, signal, takeBacklog = false, maxConversations = MAX_CONVERSATIONS } = options;
	const nowMs = options.now();
	const kinds = [...new Set(events.map(startOf))];
	const polls = before?.polls ?? 0;
	const isFirst = !before || kinds.some((kind) => !before.kinds.includes(kind));
	const isProbe = polls % PROBE_EVERY === PROBE_EVERY - 1;
	const walk = await walkList<FlowXoConversation>({
		// One at a time: as a rule the first page is enough.
		pages: () => client.listConversations({ pageSize: LIST_PAGE, pagesAtOnce: 1, signal }),
		idOf: conversationIdOf,
		timeOf: activeAt,
		floorMs: before?.floor ?? (takeBacklog ? 0 : Infinity),
		minPages: isFirst ? FIRST_PAGES : isProbe ? 2 : 1,
		maxRows: maxConversations,
		wasUnordered: before?.isUnordered ?? false,
	});
	const moments = [...walk.rows.values()].map(activeAt).sort((one, other) => other - one);
	const horizonMs = Math.max(nowMs, moments[AGREEING - 1] ?? 0);
	const reached = Math.max(0, Math.min(horizonMs, moments[0] ?? 0) - OVERLAP_MS);
	const from = before ?? startingCursor(takeBacklog ? 0 : reached);

	const { rows } = walk;
	const run = new PollRun({ client, options, before: from, rows, horizonMs, reachedMs: reached, nowMs });
	if (kinds.includes('newConversation')) run.findConversations();
	const live = kinds.includes('liveChat') ? await run.findLiveChats() : [];
	if (kinds.includes('newMessage')) await run.findMessages();

	const isThrough = run.isComplete && walk.isSettled;
	const floor = isThrough ? Math.max(from.floor, reached) : from.floor;
	if (isThrough) run.created.raise(floor);
	const conversations = isThrough ? remembered(run.conversations, floor) : run.conversations;
	return {
		events: run.events.sort((one, other) => one.at - other.at),
		isComplete: run.isComplete,
		cursor: {
			version: 1,
			kinds,
			floor,
			polls: polls + 1,
			isUnordered: !walk.isOrdered,
			conversations: kinds.includes('newMessage') ? conversations : {},
			created: run.created.toJSON(),
			live,
		},
		...noticeOf(walk, run),
	};
}
