import type { FlowXoClient, JsonObject, OutgoingMessage } from '@convoflow/client';
import { conversationErrors } from '../operation';

/** What a failed send means. */
export const sendErrors = {
	...conversationErrors,
	FLOWXO_BAD_REQUEST: {
		advice:
			'Check the message, and whether the platform allows it: some have a window of 24 hours, for example.',
	},
} as const;

/**
 * Sends a message and says what became of it. The body of a success is unknown (Flow XO reference §6), so it
 * comes as `reply`.
 */
export async function sendMessage(client: FlowXoClient, message: OutgoingMessage): Promise<JsonObject> {
	const reply = await client.sendMessage(message);
	return { status: 'ok', conversationId: message.conversationId, type: message.type, reply };
}
