import { rawConversationId } from '@convoflow/client';
import { conversationId, operation } from '../operation';
import { sendErrors, sendMessage } from './sending';

/** Sends a payload of the platform's own, or of a type this node does not know. Flow XO reference §6. */
export const sendCustom = operation({
	name: 'sendCustom',
	displayName: 'Send Custom',
	action: 'Send custom message',
	description: 'Send a payload in the words of the platform, such as Telegram or WhatsApp',
	keywords: ['raw', 'native', 'payload', 'json'],
	effect: 'send',
	findOut: 'Look for it in the messages of the conversation',
	returns: 'one',
	fields: {
		conversationId,
		message: {
			kind: 'json',
			shape: 'object',
			label: 'Message',
			description: 'The payload; Flow XO adds who receives it',
			placeholder: 'e.g. {"text": "Hello", "parse_mode": "MarkdownV2"}',
			required: true,
			from: 'payload',
		},
	},
	optional: {
		typeName: {
			kind: 'options',
			label: 'Message Type',
			description: 'Type of the message; how Flow XO names custom ones is not documented in full',
			options: [
				{ value: 'card', label: 'Card', description: 'One card' },
				{ value: 'card_set', label: 'Card Set', description: 'Several cards side by side' },
				{ value: 'custom', label: 'Custom', description: 'A payload of the platform' },
			],
			default: 'custom',
			open: true,
		},
	},
	lane: ({ conversationId: id }) => rawConversationId(id),
	run: async (client, input, { signal }) =>
		await sendMessage(client, {
			conversationId: rawConversationId(input.conversationId),
			type: input.typeName ?? 'custom',
			message: input.message,
			signal,
		}),
	errors: sendErrors,
	summary: () => 'Sent',
	examples: [
		{
			name: 'A payload for Telegram',
			input: {
				conversationId: '5f3a9c0e7d21b84a66e0c1d2/c/490150001122',
				message: { text: 'Hello', parse_mode: 'MarkdownV2' },
			},
		},
	],
});
