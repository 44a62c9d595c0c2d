import { defined, invalidInput, rawConversationId } from '@convoflow/client';
import { conversationId, operation } from '../operation';
import { sendErrors, sendMessage } from './sending';

/**
 * Sends a card. That Flow XO takes cards is documented, their shape is not (Flow XO reference §6): the keys
 * here are [inferred], and "Card as JSON" sends any other.
 */
export const sendCard = operation({
	name: 'sendCard',
	displayName: 'Send Card',
	action: 'Send card message',
	description: 'Send a card with a title, a picture and buttons to the user of a conversation',
	keywords: ['button', 'carousel', 'rich'],
	effect: 'send',
	findOut: 'Look for it in the messages of the conversation',
	returns: 'one',
	fields: {
		conversationId,
		title: {
			kind: 'string',
			label: 'Title',
			description: 'First line of the card; may stay empty where the card is given as JSON',
			placeholder: 'e.g. City bike',
			from: 'payload',
		},
	},
	optional: {
		buttons: {
			kind: 'json',
			shape: 'array',
			label: 'Buttons',
			description: 'What the user can choose, as a JSON array',
			placeholder: 'e.g. [{"label": "Rent it", "url": "https://bikes.example.com"}]',
		},
		card: {
			kind: 'json',
			shape: 'object',
			label: 'Card as JSON',
			description: 'The whole card, sent as it is instead of the other fields',
			placeholder: 'e.g. {"title": "City bike"}',
		},
		image: {
			kind: 'string',
			label: 'Image URL',
			description: 'Web address of the picture on the card',
			placeholder: 'e.g. https://files.example.com/terrace.png',
		},
		text: {
			kind: 'text',
			label: 'Text',
			description: 'Lines below the title',
			placeholder: 'e.g. Open from May to September',
		},
	},
	lane: ({ conversationId: id }) => rawConversationId(id),
	run: async (client, input, { signal }) => {
		const { title, text, image, buttons } = input;
		if (input.card === undefined && title === undefined)
			throw invalidInput('title', 'Title', 'is empty, and no card is given as JSON');
		return await sendMessage(client, {
			conversationId: rawConversationId(input.conversationId),
			type: 'card',
			message: input.card ?? defined({ title, text, image, buttons }),
			signal,
		});
	},
	errors: sendErrors,
	summary: () => 'Sent',
	examples: [
		{
			name: 'A card with a button',
			input: {
				conversationId: '5f3a9c0e7d21b84a66e0c1d2/c/490150001122',
				title: 'City bike',
				text: 'From 9 a day',
				buttons: [{ label: 'Rent it', url: 'https://bikes.example.com/city' }],
			},
		},
	],
});
