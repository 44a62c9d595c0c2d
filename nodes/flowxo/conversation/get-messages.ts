import { conversationErrors, conversationId, operation } from '../operation';
import { messageRow } from './rows';

/** Reads the messages of a conversation. 000, Listing messages of a conversation. */
export const getMessages = operation({
	name: 'getMessages',
	displayName: 'Get Messages',
	action: 'Get messages of conversation',
	description: 'Read the messages of a conversation',
	keywords: ['transcript', 'history'],
	effect: 'read',
	returns: 'many',
	fields: { conversationId },
	run: (client, input, { limit, signal }) => client.listMessages(input.conversationId, { limit, signal }),
	simplify: (rows) => rows.map(messageRow),
	errors: conversationErrors,
	summary: (rows) => (rows === 1 ? '1 message' : `${rows} messages`),
	examples: [
		{
			name: 'The newest messages',
			input: { conversationId: '5f3a9c0e7d21b84a66e0c1d2/c/490150001122', limit: 20 },
		},
		{
			name: 'Every message as it came, by an ID encoded twice',
			input: {
				conversationId: '5f3a9c0e7d21b84a66e0c1d2%252Fc%252F490150001122',
				returnAll: true,
				simplify: false,
			},
		},
	],
});
