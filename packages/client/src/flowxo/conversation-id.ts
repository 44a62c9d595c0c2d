import { pathPart } from '../http/url';

/** Times an id may have been encoded on its way to us. */
const DEPTH = 3;

/**
 * The raw form of a conversation's id, `BOT/c/USER`, from any form people paste: raw, encoded once or twice
 * (Flow XO reference §5). What cannot be decoded is taken as it is.
 */
export function rawConversationId(value: string): string {
	let id = value.trim();
	for (let round = 0; round < DEPTH && !id.includes('/') && /%(25)*2f/i.test(id); round += 1) {
		try {
			id = decodeURIComponent(id);
		} catch {
			return id;
		}
	}
	return id;
}

/**
 * The id as one part of a path, encoded exactly once.
 * @throws CONVOFLOW_INVALID_INPUT (conversationId) when it is empty or would be folded away by a URL
 */
export function conversationPart(id: string): string {
	return pathPart('conversationId', 'Conversation', rawConversationId(id));
}
