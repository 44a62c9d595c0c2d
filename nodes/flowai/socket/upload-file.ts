import { socketPayload, uploadedUrl } from '@convoflow/client';
import { DOT, fileField, fileOptions, named } from '../message/media-file';
import { envelope, originatorFields } from '../message/sending';
import { socketErrors, socketOperation, socketOptions, threadId } from './operation';

/** Uploads a file into a thread. Flow.ai reference §5.4 (`thread.upload`, seen in the vendor's client). */
export const uploadFile = socketOperation({
	name: 'uploadFile',
	displayName: 'Upload File',
	action: 'Upload file into thread',
	description: 'Send an image, a document, audio or video as a user of the web channel',
	keywords: ['image', 'picture', 'document', 'attachment', 'photo', 'binary', 'send file', 'stream'],
	effect: 'send',
	// It goes beside the lasting connection, whose client is one for all.
	makesNoRequests: true,
	returns: 'one',
	fields: { threadId, file: fileField, ...originatorFields },
	optional: {
		...socketOptions,
		...fileOptions,
		speech: {
			kind: 'string',
			label: 'Speech',
			description: 'Words that go along with the file; some are made up when empty',
			placeholder: 'e.g. Here is my receipt',
		},
	},
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, context) => {
		const file = named(input.file, input.fileName, input.mimeType);
		const { signal, ...message } = envelope(input, context);
		const { threadId: thread, speech = 'file attachment' } = input;
		const upload = { message: socketPayload({ ...message, speech }), file };
		const sent = await client.upload(thread, upload, signal);
		return {
			status: 'delivered',
			threadId: thread,
			traceId: message.traceId,
			url: uploadedUrl(sent) ?? null,
			fileName: file.name,
			mimeType: file.mimeType,
		};
	},
	errors: {
		...socketErrors,
		FLOWAI_TOO_LARGE: { advice: 'Send a smaller file, or put it on the web and send its address as text.' },
	},
	summary: (_rows, input) => `File sent to ${input.threadId}`,
	examples: [
		{
			name: 'An image',
			input: {
				threadId: 't-socket',
				file: { name: 'dot.png', mimeType: 'image/png', content: DOT },
				traceId: 90212,
			},
		},
		{
			name: 'A receipt with words',
			input: {
				threadId: 't-socket-2',
				file: { name: 'dot.png', mimeType: 'image/png', content: DOT },
				fileName: 'Receipt.png',
				mimeType: 'image/png',
				speech: 'Here is my receipt',
				originatorName: 'Mara Lind',
				language: 'en',
				traceId: 90213,
			},
		},
	],
});
