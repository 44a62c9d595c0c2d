import { isObject, textOf, type JsonObject, type JsonValue } from '@convoflow/client';

/** The ten most useful fields of a conversation; missing ones are null. */
export function conversationRow(row: JsonObject): JsonObject {
	const last = isObject(row['last_message']) ? row['last_message'] : {};
	return {
		id: row['id'] ?? null,
		userName: row['user_name'] ?? null,
		platform: row['platform'] ?? null,
		botName: row['bot_name'] ?? null,
		agentMode: row['agent_mode'] ?? null,
		unreachable: row['unreachable'] ?? null,
		createdAt: row['created_at'] ?? null,
		lastMessage: spoken(last),
		lastMessageRole: last['role'] ?? null,
		lastMessageAt: last['timestamp'] ?? null,
	};
}

/** A message in a flat row; missing fields are null. */
export function messageRow(row: JsonObject): JsonObject {
	return {
		id: row['id'] ?? null,
		text: spoken(row),
		role: row['role'] ?? null,
		type: row['type'] ?? null,
		agentMode: row['agent_mode'] ?? null,
		options: row['options'] ?? null,
		from: row['from'] ?? null,
		conversationId: row['conversation'] ?? null,
		timestamp: row['timestamp'] ?? null,
	};
}

/** The words of a message: its text, else those inside its custom payload, else that payload as it came. */
export function spoken(message: JsonObject): JsonValue {
	const custom = message['custom_parsed'];
	const inside = isObject(custom) ? textOf(custom['text']) : undefined;
	return message['message'] ?? inside ?? message['custom'] ?? null;
}
