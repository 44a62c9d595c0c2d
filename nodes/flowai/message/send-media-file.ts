import { baseName, defined, invalidInput, type FileContent } from '@convoflow/client';
import { restOperation, threadId } from '../operation';
import { title } from './content';
import { envelope, originatorFields, sendErrors, sendOptions } from './sending';

/** Largest file that the service takes, in bytes. 001, Media message: 250 MB. */
const MAX_BYTES = 250 * 1024 * 1024;

/** Shortest bytes that are a picture: one white dot. */
const DOT = Uint8Array.from(
	atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=='),
	(sign) => sign.charCodeAt(0),
);

/** Media type of a file whose MIME type is known. */
function mediaTypeOf({ mimeType }: FileContent): string {
	const family = mimeType.slice(0, mimeType.indexOf('/'));
	return ['audio', 'image', 'video'].includes(family) ? family : 'file';
}

/** The file with the name and the type that the user gave it. */
function named(file: FileContent, name: string | undefined, type: string | undefined): FileContent {
	const mimeType = (type ?? file.mimeType).trim();
	if (!/^[\w.+-]+\/[\w.+-]+(\s*;[\x20-\x7e]*)?$/.test(mimeType))
		throw invalidInput('mimeType', 'MIME Type', 'must be a type and a subtype, like image/png');
	return { ...file, name: baseName(name ?? file.name), mimeType };
}

/** Sends a media file into a thread as bytes. 001, Media message, its prose; Flow.ai reference §2.3. */
export const sendMediaFile = restOperation({
	name: 'sendMediaFile',
	displayName: 'Send Media File',
	action: 'Send media file',
	description: 'Upload an image, a document, audio or video and send it into a thread',
	keywords: ['image', 'picture', 'document', 'audio', 'video', 'attachment', 'photo', 'upload', 'binary'],
	effect: 'send',
	returns: 'one',
	fields: {
		threadId,
		file: {
			kind: 'file',
			label: 'File',
			description: 'The file to send, of at most 250 MB',
			maxBytes: MAX_BYTES,
			required: true,
			from: 'payload',
		},
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
		fileName: {
			kind: 'string',
			label: 'File Name',
			description: 'Name under which the file is sent, in place of its own',
			placeholder: 'e.g. menu.pdf',
		},
		mimeType: {
			kind: 'string',
			label: 'MIME Type',
			description: 'Exact type of the file, in place of its own',
			placeholder: 'e.g. application/pdf',
		},
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
