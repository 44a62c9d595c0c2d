import { defined, type FileContent } from '@convoflow/client';
import { restOperation, threadId } from '../operation';
import { title } from './content';
import { DOT, fileField, fileOptions, named } from './media-file';
import { envelope, originatorFields, sendErrors, sendOptions } from './sending';

/** Media type of a file whose MIME type is known. */
function mediaTypeOf({ mimeType }: FileContent): string {
	const family = mimeType.slice(0, mimeType.indexOf('/'));
	return ['audio', 'image', 'video'].includes(family) ? family : 'file';
}

/** Sends a media file into a thread as bytes. 001, Media message, its prose; Flow.ai reference §2.3. */
export const sendMediaFile = restOperation({
	name: 'sendMediaFile',
	displayName: 'Send Media File',
	action: 'Send media file',
	description: 'Upload an image, a document, audio or video and send it into a thread',
	keywords: ['image', 'picture', 'document', 'audio', 'video', 'attachment', 'photo', 'upload', 'binary'],
	effect: 'send',
	findOut: 'Look for it in the messages of the thread',
	returns: 'one',
	fields: {
		threadId,
		file: fileField,
		mediaType: {
			kind: 'options',
			label: 'Media Type',
			description: 'What kind of media it is',
			options: [
				{ value: 'audio', label: 'Audio' },
				{ value: 'auto', label: 'By MIME Type', description: 'Read from the type of the file' },
				{ value: 'file', label: 'File' },
				{ value: 'image', label: 'Image' },
				{ value: 'video', label: 'Video' },
			],
			default: 'auto',
		},
		...originatorFields,
	},
	optional: {
		...sendOptions,
		...fileOptions,
		title,
	},
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, context) => {
		const file = named(input.file, input.fileName, input.mimeType);
		const message = envelope(input, context);
		const { status } = await client.uploadMedia({
			threadId: input.threadId,
			mediaType: input.mediaType === 'auto' ? mediaTypeOf(file) : input.mediaType,
			file,
			title: input.title,
			...message,
		});
		return defined({
			status,
			threadId: input.threadId,
			traceId: message.traceId,
			fileName: file.name,
			mimeType: file.mimeType,
		});
	},
	errors: {
		...sendErrors,
		FLOWAI_BAD_REQUEST: {
			advice:
				'Check the file and its MIME type. If the service takes no files, put the file on the web and use Send Media.',
		},
		FLOWAI_TOO_LARGE: {
			advice: 'Send a smaller file, or put it on the web and use Send Media.',
		},
	},
	summary: (_rows, input) => `File sent to ${input.threadId}`,
	examples: [
		{
			name: 'An image',
			input: {
				threadId: 't-100',
				file: { name: 'dot.png', mimeType: 'image/png', content: DOT },
				traceId: 90212,
			},
		},
		{
			name: 'A file under another name',
			input: {
				threadId: 't-100',
				file: { name: 'dot.png', mimeType: 'image/png', content: DOT },
				mediaType: 'file',
				fileName: 'Our menu.pdf',
				mimeType: 'application/pdf',
				title: 'Our menu',
				originatorName: 'Mara Lind',
				traceId: 90213,
			},
		},
	],
});
