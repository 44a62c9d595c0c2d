import { rawConversationId } from '@convoflow/client';
import { conversationId, operation } from '../operation';
import { sendErrors, sendMessage } from './sending';

/** Sends a text. Flow XO reference §6. */
export const sendText = operation({
	name: 'sendText',
	displayName: 'Send Text',
	action: 'Send text message',
	description: 'Send a text to the user of a conversation',
	keywords: ['reply', 'answer', 'write', 'say'],
	effect: 'send',
	findOut: 'Look for it in the messages of the conversation',
	returns: 'one',
	fields: {
		conversationId,
		text: {
			kind: 'text',
			label: 'Text',
			description: 'What to say',
			placeholder: 'e.g. We open at nine.',
			required: true,
			from: 'payload',
		},
	},
	lane: ({ conversationId: id }) => rawConversationId(id),
	run: async (client, { conversationId: id, text }, { signal }) =>
		await sendMessage(client, {
			conversationId: rawConversationId(id),
			type: 'text',
			message: { body: text },
			signal,
		}),
	errors: sendErrors,
	summary: () => 'Sent',
	examples: [
		{
			name: 'An answer',
			input: { conversationId: '5f3a9c0e7d21b84a66e0c1d2/c/490150001122', text: 'We open at nine.' },
		},
	],
});
