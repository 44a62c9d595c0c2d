import type { FlowXoEvent, JsonObject } from '@convoflow/client';
import { messageRow } from '../conversation/rows';

/** What an event puts out: flat fields, then the conversation and the message as they came. */
export function eventRow({ kind, key, at, conversation, message }: FlowXoEvent): JsonObject {
	const row = message ? messageRow(message) : {};
	return {
		event: kind,
		eventKey: key,
		conversationId: conversation['id'] ?? null,
		timestamp: at > 0 ? new Date(at).toISOString() : null,
		...(message
			? {
					messageId: row['id'] ?? null,
					text: row['text'] ?? null,
					role: row['role'] ?? null,
					type: row['type'] ?? null,
				}
			: {}),
		agentMode: (message ? row['agentMode'] : conversation['agent_mode']) ?? null,
		userId: conversation['user_id'] ?? null,
		userName: conversation['user_name'] ?? null,
		botId: conversation['bot_id'] ?? null,
		botName: conversation['bot_name'] ?? null,
		platform: conversation['platform'] ?? null,
		conversation,
		...(message ? { message } : {}),
	};
}
