import { baseName, sizeOf, type FileContent, type JsonObject } from '@convoflow/client';

/** A file that an operation makes, and what is to be told about it. */
export interface FileResult {
	readonly file: FileContent;
	/** Beside name, type and size, which are always told. */
	readonly json?: JsonObject;
}

/** What is put out about a file: its name, its MIME type, its size where that is known before it is read. */
export function fileRow({ file, json = {} }: FileResult): JsonObject {
	const size = sizeOf(file);
	return {
		fileName: baseName(file.name),
		mimeType: file.mimeType,
		...(size === undefined ? {} : { fileSize: size }),
		...json,
	};
}
