import type { CountedConversation } from './activity';

/** Dialogs of the bot; every conversation begins in `start`. */
export const DIALOGS = [
	'opening-hours',
	'booking',
	'order-status',
	'complaint',
	'delivery',
	'returns',
	'thanks',
];
export const START = 'start';
/** Special value of flow steps (Chatlayer reference §5). */
export const DROPOFF = 'DROPOFF';

const INTENTS = [
	'ask-hours',
	'book-table',
	'track-order',
	'complain',
	'ask-delivery',
	'return-item',
	'thank',
	'greet',
	'goodbye',
	'ask-price',
	'ask-human',
	'change-address',
	'cancel-order',
	'ask-stock',
	'ask-menu',
	'ask-parking',
	'ask-allergens',
	'lost-item',
	'invoice',
	'newsletter',
	'job',
	'press',
	'other',
];
export const TAGS = ['hours', 'shipping', 'returns', 'payment', 'menu'];

/** A number that stands for the conversation and spreads evenly. */
function mark(conversation: CountedConversation): number {
	return Math.floor(conversation.start / 1_000) + conversation.userId.length;
}

/** The dialogs a conversation went through, `start` first: one for every two messages. */
export function dialogPath(conversation: CountedConversation): string[] {
	const steps = Math.min(DIALOGS.length, Math.max(1, Math.floor(conversation.messages / 2)));
	const first = Math.floor(mark(conversation) / 300);
	return [START, ...Array.from({ length: steps }, (_, n) => DIALOGS[(first + n) % DIALOGS.length] ?? START)];
}

/** The intents recognised in a conversation: one for each of its first messages. */
export function intentsOf(conversation: CountedConversation): string[] {
	const first = mark(conversation) % INTENTS.length;
	const count = Math.min(4, Math.max(1, Math.floor(conversation.messages / 2)));
	return Array.from({ length: count }, (_, n) => INTENTS[(first + n * n) % INTENTS.length] ?? 'other');
}

/** The knowledge base tag used in a conversation, if any. */
export function tagOf(conversation: CountedConversation): string | undefined {
	const first = Math.floor(conversation.start / 3_600_000) + Math.floor(conversation.start / 60_000);
	return first % 4 === 0 ? TAGS[Math.floor(first / 4) % TAGS.length] : undefined;
}
