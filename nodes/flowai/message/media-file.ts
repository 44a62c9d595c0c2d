import { baseName, invalidInput, type FileContent } from '@convoflow/client';
import type { FieldMap } from '@convoflow/kit';

/** Largest file that the service takes, in bytes. 001, Media message: 250 MB. */
const MAX_BYTES = 250 * 1024 * 1024;

/** The file of a message that carries it as bytes. */
export const fileField = {
	kind: 'file',
	label: 'File',
	description: 'The file to send, of at most 250 MB',
	maxBytes: MAX_BYTES,
	required: true,
	from: 'payload',
} as const satisfies FieldMap[string];

/** What a file is called on its way, where that is not what it brings along. */
export const fileOptions = {
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
} as const satisfies FieldMap;

/** Shortest bytes that are a picture, for examples: one white dot. */
export const DOT = Uint8Array.from(
	atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=='),
	(sign) => sign.charCodeAt(0),
);

/**
 * The file with the name and the type that the user gave it.
 * @throws CONVOFLOW_INVALID_INPUT (mimeType)
 */
export function named(file: FileContent, name: string | undefined, type: string | undefined): FileContent {
	const mimeType = (type ?? file.mimeType).trim();
	if (!/^[\w.+-]+\/[\w.+-]+(\s*;[\x20-\x7e]*)?$/.test(mimeType))
		throw invalidInput('mimeType', 'MIME Type', 'must be a type and a subtype, like image/png');
	return { ...file, name: baseName(name ?? file.name), mimeType };
}
