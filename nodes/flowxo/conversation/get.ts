import { conversationErrors, conversationId, operation } from '../operation';
import { conversationRow } from './rows';

/** Reads one conversation. 000, Listing a single conversation. */
export const get = operation({
	name: 'get',
	displayName: 'Get',
	action: 'Get conversation',
	description: 'Read one conversation and its last message',
	keywords: ['fetch', 'details'],
	effect: 'read',
	returns: 'one',
	fields: { conversationId },
	run: async (client, input, { signal }) => await client.getConversation(input.conversationId, signal),
	simplify: (rows) => rows.map(conversationRow),
	errors: conversationErrors,
	summary: () => '1 conversation',
	examples: [
		{ name: 'By its ID', input: { conversationId: '5f3a9c0e7d21b84a66e0c1d2/c/490150001122' } },
		{
			name: 'By its encoded ID, as it came',
			input: { conversationId: '5f3a9c0e7d21b84a66e0c1d2%2Fc%2F490150001122', simplify: false },
		},
	],
});
