import { defined } from '@convoflow/client';
import { restOperation, threadId } from '../operation';
import { checkedUrl, mediaFields, title } from './content';
import { envelope, originatorFields, sendErrors, sendOptions } from './sending';

/** Sends a media file into a thread by its address. 001, REST API, Media message. */
export const sendMedia = restOperation({
	name: 'sendMedia',
	displayName: 'Send Media',
	action: 'Send media message',
	description: 'Send an image, a file, audio or video into a thread by its web address',
	keywords: ['image', 'picture', 'file', 'audio', 'video', 'attachment', 'photo'],
	effect: 'send',
	findOut: 'Look for it in the messages of the thread',
	returns: 'one',
	fields: { threadId, ...mediaFields, ...originatorFields },
	optional: {
		...sendOptions,
		mimeType: {
			kind: 'string',
			label: 'MIME Type',
			description: 'Exact type of the media',
			placeholder: 'e.g. image/png',
		},
		mimeTypeSpelling: {
			kind: 'options',
			label: 'MIME Type Spelling',
			description: 'How the MIME type is named for Flow.ai, whose documentation spells it in two ways',
			options: [
				{ value: 'both', label: 'Both Spellings', description: 'As mimeType and as mimetype' },
				{ value: 'mimeType', label: 'One Spelling', description: 'As mimeType' },
			],
			default: 'mimeType',
		},
		title,
	},
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, context) => {
		const url = checkedUrl(input.url);
		const message = envelope(input, context);
		const { status } = await client.sendMedia({
			threadId: input.threadId,
			mediaType: input.mediaType,
			url,
			mimeType: input.mimeType,
			mimeTypeSpelling: input.mimeTypeSpelling === 'both' ? 'both' : 'mimeType',
			title: input.title,
			...message,
		});
		return defined({ status, threadId: input.threadId, traceId: message.traceId });
	},
	errors: sendErrors,
	summary: (_rows, input) => `${input.mediaType} sent to ${input.threadId}`,
	examples: [
		{
			name: 'An image',
			input: { threadId: 't-100', url: 'https://cdn.example.com/cat.png', traceId: 90210 },
		},
		{
			name: 'A file with its type',
			input: {
				threadId: 't-100|w_c51f0e2a',
				mediaType: 'file',
				url: 'https://cdn.example.com/menu.pdf',
				mimeType: 'application/pdf',
				mimeTypeSpelling: 'both',
				title: 'Our menu',
				originatorName: 'Mara Lind',
				traceId: 90211,
			},
		},
	],
});
