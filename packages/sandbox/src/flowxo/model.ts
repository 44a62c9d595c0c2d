import type { JsonObject } from '../json';

/** A conversation as the sandbox holds it; {@link conversationView} is what the service shows. */
export interface XoConversation {
	botId: string;
	botName: string;
	platform: string;
	userId: string;
	/** Absent and null are different answers (Flow XO reference §3). */
	userName?: string | null;
	agentMode: boolean;
	unreachable?: boolean;
	createdAt: number;
	/** Oldest first. */
	messages: XoMessage[];
	language: string;
}

/** A message as the service shows it, without the fields that follow from its conversation. */
export interface XoMessage {
	id: string;
	role: 'bot' | 'channel';
	type: string;
	agentMode: boolean;
	/** Milliseconds. */
	at: number;
	/** `message` and `options` of a text, `custom` of a custom message, anything else of other types. */
	content: JsonObject;
}

/** The response path `{bot_id}/c/{user_id}` (Flow XO reference §3). */
export function xoId(conversation: XoConversation): string {
	return `${conversation.botId}/c/${conversation.userId}`;
}

/** Time of the last message, else of creation. */
export function activityOf(conversation: XoConversation): number {
	return conversation.messages.at(-1)?.at ?? conversation.createdAt;
}

export function messageView(conversation: XoConversation, message: XoMessage): JsonObject {
	return {
		id: message.id,
		role: message.role,
		type: message.type,
		agent_mode: message.agentMode,
		conversation: xoId(conversation),
		from: message.role === 'bot' ? conversation.botId : conversation.userId,
		...message.content,
		timestamp: new Date(message.at).toISOString(),
	};
}

export function conversationView(conversation: XoConversation): JsonObject {
	const id = xoId(conversation);
	const last = conversation.messages.at(-1);
	return {
		id,
		id_url_encoded: encodeURIComponent(id),
		bot_id: conversation.botId,
		bot_name: conversation.botName,
		platform: conversation.platform,
		user_id: conversation.userId,
		...(conversation.userName !== undefined ? { user_name: conversation.userName } : {}),
		agent_mode: conversation.agentMode,
		...(conversation.unreachable !== undefined ? { unreachable: conversation.unreachable } : {}),
		created_at: new Date(conversation.createdAt).toISOString(),
		...(last ? { last_message: messageView(conversation, last) } : {}),
	};
}
