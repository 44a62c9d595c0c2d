import { defined, invalidInput, rawConversationId } from '@convoflow/client';
import { conversationId, operation } from '../operation';
import { sendErrors, sendMessage } from './sending';

/** Sends an image, a video or a file by its address. Flow XO reference §6; the keys of a file are [inferred]. */
export const sendMedia = operation({
	name: 'sendMedia',
	displayName: 'Send Media',
	action: 'Send media message',
	description: 'Send an image, a video or a file by its web address to the user of a conversation',
	keywords: ['image', 'picture', 'video', 'file', 'attachment'],
	effect: 'send',
	findOut: 'Look for it in the messages of the conversation',
	returns: 'one',
	fields: {
		conversationId,
		mediaType: {
			kind: 'options',
			label: 'Media Type',
			description: 'What is sent',
			options: [
				{
					value: 'file',
					label: 'File',
					description: 'Any other file; how Flow XO wants it is not documented in full',
				},
				{ value: 'image', label: 'Image', description: 'A picture' },
				{ value: 'video', label: 'Video', description: 'A video file or the address of a video page' },
			],
			default: 'image',
			open: true,
		},
		url: {
			kind: 'string',
			label: 'URL',
			description: 'Web address of the media, which Flow XO must be able to reach',
			placeholder: 'e.g. https://files.example.com/route.png',
			required: true,
			from: 'payload',
		},
	},
	optional: {
		caption: {
			kind: 'string',
			label: 'Caption',
			description: 'Words that go with a file',
			placeholder: 'e.g. The way to us',
		},
		fileName: {
			kind: 'string',
			label: 'File Name',
			description: 'Name of a file as the user sees it',
			placeholder: 'e.g. route.pdf',
		},
		thumbnail: {
			kind: 'string',
			label: 'Thumbnail URL',
			description: 'Web address of a small picture that stands for a file',
			placeholder: 'e.g. https://files.example.com/route-small.png',
		},
	},
	lane: ({ conversationId: id }) => rawConversationId(id),
	run: async (client, input, { signal }) => {
		const { url, mediaType, caption, fileName, thumbnail } = input;
		if (!/^https?:\/\/[^\s/]+/i.test(url.trim()))
			throw invalidInput('url', 'URL', 'must be a web address that begins with https://');
		return await sendMessage(client, {
			conversationId: rawConversationId(input.conversationId),
			type: 'media',
			message: defined({ type: mediaType, url: url.trim(), filename: fileName, caption, thumbnail }),
			signal,
		});
	},
	errors: sendErrors,
	summary: () => 'Sent',
	examples: [
		{
			name: 'A picture',
			input: {
				conversationId: '5f3a9c0e7d21b84a66e0c1d2/c/490150001122',
				mediaType: 'image',
				url: 'https://files.example.com/route.png',
			},
		},
		{
			name: 'A file with its name',
			input: {
				conversationId: '5f3a9c0e7d21b84a66e0c1d2%2Fc%2F490150001122',
				mediaType: 'file',
				url: 'https://files.example.com/route.pdf',
				fileName: 'route.pdf',
				caption: 'The way to us',
			},
		},
	],
});
