import { checkRange, operation, range } from '../operation';
import { conversationRow } from './rows';

/** Lists conversations. 000, Listing Conversations. */
export const getMany = operation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many conversations',
	description: 'List the conversations of the account',
	keywords: ['list', 'chats', 'users'],
	effect: 'read',
	returns: 'many',
	fields: {},
	optional: range,
	run: (client, { start, end }, { limit, signal }) => {
		checkRange(start, end);
		return client.listConversations({ start, end, limit, signal });
	},
	simplify: (rows) => rows.map(conversationRow),
	summary: (rows) => (rows === 1 ? '1 conversation' : `${rows} conversations`),
	examples: [
		{ name: 'The newest ones', input: { limit: 10 } },
		{ name: 'Every conversation', input: { returnAll: true } },
		{
			name: 'A time range as it came',
			input: { start: '2026-02-01', end: '2026-03-01T00:00:00Z', returnAll: true, simplify: false },
		},
	],
});
