import { isConvoflowError, toConvoflowError } from '../../errors';
import type { FlowXoConversation } from '../types';
import { activeAt, conversationIdOf } from './conversation';
import type { FlowXoEvent } from './options';

/** Conversations in live chat that are asked for one by one, a poll. */
const MAX_ASKED = 100;

/** What became of the live chats. */
export interface LiveChats {
	readonly events: readonly FlowXoEvent[];
	/** Ids of the conversations that are in live chat now. */
	readonly live: string[];
}

function liveEvent(
	kind: 'liveChatStarted' | 'liveChatEnded',
	conversation: FlowXoConversation,
	nowMs: number,
): FlowXoEvent {
	const at = activeAt(conversation) || nowMs;
	return { kind, key: `${kind}:${conversationIdOf(conversation)}:${at}`, at, conversation };
}

/** The conversations that are not in the walked part of the list, read one by one. Deleted ones are left out. */
async function readMissing(
	ids: readonly string[],
	get: (id: string) => Promise<FlowXoConversation>,
): Promise<FlowXoConversation[]> {
	const rows: FlowXoConversation[] = [];
	for (const id of ids) {
		try {
			rows.push(await get(id));
		} catch (error) {
			if (!isConvoflowError(error) || error.status !== 404) throw toConvoflowError(error);
			rows.push({ id, agent_mode: false, gone: true });
		}
	}
	return rows;
}

/**
 * Compares who is in live chat with who was. A change need not move a conversation in the list, so those that
 * were in live chat and did not turn up are asked for one by one; that follows the open live chats.
 * @param known ids of the last poll
 * @throws what `get` throws, save for conversations that are gone
 */
export async function compareLiveChats(
	known: readonly string[],
	walked: ReadonlyMap<string, FlowXoConversation>,
	get: (id: string) => Promise<FlowXoConversation>,
	nowMs: number,
): Promise<LiveChats> {
	const before = new Set(known);
	const missing = known.filter((id) => !walked.has(id));
	const asked = await readMissing(missing.slice(0, MAX_ASKED), get);
	const events: FlowXoEvent[] = [];
	// Those that were not asked this time stay, and come first next time.
	const live = missing.slice(MAX_ASKED);
	for (const row of [...walked.values(), ...asked]) {
		const id = conversationIdOf(row);
		const isLive = row['agent_mode'] === true;
		if (isLive) live.push(id);
		if (isLive && !before.has(id)) events.push(liveEvent('liveChatStarted', row, nowMs));
		// A missing agent_mode tells nothing.
		if (row['agent_mode'] === undefined && before.has(id)) live.push(id);
		if (row['agent_mode'] === false && before.has(id) && row['gone'] !== true)
			events.push(liveEvent('liveChatEnded', row, nowMs));
	}
	return { events, live };
}
