import type { JsonObject } from '../../ports';
import type { FlowXoClient } from '../client';
import { activeAt, conversationIdOf, createdAt } from './conversation';
import type { FlowXoEvent, FlowXoPollOptions } from './options';
import { messageEvent } from './poll-run';

/** Conversations to look into, and examples of a kind. */
const CONVERSATIONS = 50;
const MESSAGES = 20;
const EXAMPLES = 3;

/** Conversations that are read for messages before giving up. */
const READ = 3;

/**
 * The newest events as they would have come, a few of each kind, to build a flow with. Rows are real; whether a
 * live chat has just started or ended is taken from whether one is on.
 * @throws `FLOWXO_…`, `CONVOFLOW_ABORTED`
 */
export async function exampleFlowXoEvents(
	client: FlowXoClient,
	options: Pick<FlowXoPollOptions, 'events' | 'isWanted' | 'isWantedMessage' | 'signal'>,
): Promise<FlowXoEvent[]> {
	const { events, isWanted = () => true, isWantedMessage = () => true, signal } = options;
	const rows: JsonObject[] = [];
	for await (const page of client.listConversations({ limit: CONVERSATIONS, signal }))
		rows.push(...page.filter(isWanted));
	const found: FlowXoEvent[] = [];
	if (events.includes('newConversation')) {
		const newest = [...rows].sort((one, other) => createdAt(other) - createdAt(one)).slice(0, EXAMPLES);
		for (const row of newest) {
			const key = `conversation:${conversationIdOf(row)}`;
			found.push({ kind: 'newConversation', key, at: createdAt(row), conversation: row });
		}
	}
	for (const [kind, isLive] of [
		['liveChatStarted', true],
		['liveChatEnded', false],
	] as const) {
		if (!events.includes(kind)) continue;
		for (const row of rows.filter((one) => one['agent_mode'] === isLive).slice(0, EXAMPLES)) {
			const at = activeAt(row);
			found.push({ kind, key: `${kind}:${conversationIdOf(row)}:${at}`, at, conversation: row });
		}
	}
	if (events.includes('newMessage')) {
		let messages = 0;
		for (const row of rows.slice(0, READ)) {
			for await (const page of client.listMessages(conversationIdOf(row), { limit: MESSAGES, signal })) {
				const wanted = page.filter(isWantedMessage).slice(0, EXAMPLES - messages);
				messages += wanted.length;
				found.push(...wanted.map((message) => messageEvent(row, message, activeAt(row))));
			}
			if (messages >= EXAMPLES) break;
		}
	}
	return found.sort((one, other) => one.at - other.at);
}
